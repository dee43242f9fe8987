using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Batches.Records;
using Microsoft.AspNetCore.Components;

namespace EnvelopeSdk.Registry.Pages.Batches;

/// <summary>All that is known of one batch.</summary>
public sealed partial class BatchPage
{
    private BatchConfiguration? _batch; // null until all is read
    private RunRow? _active;
    private DateTimeOffset? _away; // since when the engine is that runs it
    private bool _mayDeploy;
    private bool _mayRun;

    /// <summary>Its name.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>What the run under way waits for.</summary>
    private string? Waits => _active switch
    {
        { Stop: { } who } => $"Is cancelled by {who}.",
        { Shown: { State: BatchRunState.Waiting, Attempt: > 0 } run } when _active.NextAttempt > Clock.GetUtcNow() =>
            $"The next attempt is at {Shown.Time(_active.NextAttempt)}. {run.Reason}",
        _ => _active?.Shown.Reason,
    };

    /// <summary>Reads it.</summary>
    protected override async Task OnInitializedAsync()
    {
        var cancellation = Http.HttpContext!.RequestAborted;
        var one = await Batches.GetAsync(Name, cancellation);
        _mayDeploy = Grants.Of(Http.HttpContext.User).May(Role.Deploy, Name);
        _mayRun = _mayDeploy && Place.Deploys;
        var batch = await BatchEndpoints.ShowAsync(one, Runs, cancellation);
        var last = batch.LastRun is { } run ? await Runs.FindAsync(run.Id, cancellation) : null;
        _active = last?.IsActive == true ? last : null;
        _away = await Batches.AwayAsync(Name, cancellation);
        _batch = batch with { LastRun = last?.Shown };
    }

    /// <summary>An envelope of which a digest may be long.</summary>
    private static string Short(string envelope) => envelope.Split('@', 2) is [var name, var digest]
        ? $"{name} {Shown.Digest(digest)}"
        : envelope;
}
