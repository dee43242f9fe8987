using Microsoft.Extensions.Hosting;

namespace EnvelopeSdk.Registry.Advisories;

/// <summary>
/// Has the latest lists of vulnerable packages. Nobody waits for a feed: what is asked is answered from what came last.
/// </summary>
/// <param name="source">Who keeps the lists; null: nobody is asked.</param>
/// <param name="clock">Says when to ask again.</param>
internal sealed class AdvisoryBoard(IAdvisorySource? source, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Renewed = TimeSpan.FromHours(6);
    private static readonly TimeSpan TriedAgain = TimeSpan.FromMinutes(10);

    private volatile State _state = new(
        null, null, source is null ? "This registry was told to ask no feed." : "The feeds were not asked yet.");

    /// <summary>What is known against packages.</summary>
    /// <param name="packages">The packages, each with its version.</param>
    public KnownAdvisories For(IEnumerable<(string Id, string Version)> packages)
    {
        var state = _state;
        return new(
            state.Loaded, state.Problem,
            state.List is not { } list ? [] :
            [
                .. packages.SelectMany(one => list.Find(one.Id, one.Version).Select(
                    advisory => new VulnerablePackage(one.Id, one.Version, advisory.Severity, advisory.Url))),
            ]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (source is not null && !stoppingToken.IsCancellationRequested)
        {
            var wait = await TryLoadAsync(source, stoppingToken) ? Renewed : TriedAgain;
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Whether all lists came.</returns>
    private async Task<bool> TryLoadAsync(IAdvisorySource from, CancellationToken stopping)
    {
        try
        {
            var list = await from.LoadAsync(stopping);
            _state = new(list, clock.GetUtcNow(), list.Problem);
            return list.Problem is null;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure) when (failure is EnvelopeException or IOException or HttpRequestException)
        {
            _state = _state with { Problem = failure.Message };
            return false;
        }
    }

    private sealed record State(IAdvisoryList? List, DateTimeOffset? Loaded, string? Problem);
}

/// <summary>What is known against packages.</summary>
/// <param name="Checked">When the lists came; null: none came yet, so nothing is known.</param>
/// <param name="Problem">Why something may be missing; null when all lists are there.</param>
/// <param name="Vulnerable">The packages that are vulnerable, one row for each advisory.</param>
internal sealed record KnownAdvisories(
    DateTimeOffset? Checked, string? Problem, IReadOnlyList<VulnerablePackage> Vulnerable);

/// <summary>An advisory about a package of an envelope.</summary>
internal sealed record VulnerablePackage(string Id, string Version, string Severity, string Advisory);
