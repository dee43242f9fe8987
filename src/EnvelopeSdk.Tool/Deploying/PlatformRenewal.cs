using System.CommandLine;
using System.Text.Json.Nodes;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Commands;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Deploying;

/// <summary>
/// Deploys what is live again where the version of the platform, or that of the configuration, is another one by now:
/// the same envelope, through the same gates.
/// </summary>
internal sealed class PlatformRenewal(EnvelopeRegistry registry, ParseResult parsed, bool waits)
{
    private readonly List<(Deployment Made, string Url)> _made = [];
    private readonly List<(string Configuration, string Reason)> _passedOver = [];

    /// <returns>The exit code.</returns>
    /// <exception cref="EnvelopeException">The registry deploys nothing, or does not answer.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        foreach (var one in await registry.ListConfigurationsAsync(cancellation))
        {
            await BeginAsync(one, cancellation);
        }

        var ends = new List<(DeploymentHistory End, string Url)>();
        foreach (var (made, url) in _made)
        {
            ends.Add((
                waits
                    ? await new DeploymentWatch(registry, parsed).FollowAsync(made, cancellation)
                    : await registry.ReadDeploymentAsync(made.Configuration, made.Id, cancellation),
                url));
        }

        Answer.Write(parsed, Json(ends), Text(ends));
        return _passedOver.Count == 0 && ends.All(one => IsWell(one.End)) ? ExitCodes.Done : ExitCodes.NotSound;
    }

    private async Task BeginAsync(DeploymentConfiguration one, CancellationToken cancellation)
    {
        if (one.Live is not { } live || (live.Platform == one.Platform && live.Version == one.Version))
        {
            return;
        }

        if (one.Platform is null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                "This registry deploys nothing, so it has no version of the platform. Ask one that does, or start it "
                + "with --deploy-in DIRECTORY.");
        }

        try
        {
            _made.Add((
                await registry.DeployAsync(one.Name, DeploymentText.Envelope(live), cancellation), one.Url));
        }
        catch (EnvelopeException refused) when (refused.Error is EnvelopeError.Mismatch or EnvelopeError.NotFound)
        {
            _passedOver.Add((one.Name, refused.Message)); // another is under way, or the envelope is gone: others go on
        }
    }

    /// <summary>Whether nothing failed: without waiting, nobody knows yet.</summary>
    private bool IsWell(DeploymentHistory one) =>
        !waits || DeploymentWatch.IsLive(one) || DeploymentWatch.IsWaiting(one);

    private string Text(List<(DeploymentHistory End, string Url)> ends)
    {
        string[] lines =
        [
            .. ends.Select(one => Line(one.End, one.Url)),
            .. _passedOver.Select(one => Texts.PlainLines($"'{one.Configuration}' is passed over: {one.Reason}")),
        ];
        return lines.Length == 0
            ? "All that is live has the platform and the configuration that hold now."
            : string.Join('\n', lines);
    }

    private static string Line(DeploymentHistory end, string url) =>
        DeploymentWatch.IsLive(end) ? $"{end.Deployment.Configuration} is live at {url}"
        : DeploymentWatch.IsWaiting(end) ? DeploymentWatch.ApprovalOf(end.Deployment)
        : DeploymentState.Active.Contains(end.Deployment.State) ? DeploymentText.Of(end.Deployment)
        : Texts.PlainLines(DeploymentWatch.FailureOf(end.Deployment));

    private JsonObject Json(List<(DeploymentHistory End, string Url)> ends) => new()
    {
        ["deployments"] = JsonParts.Array(ends, one => DeployCommand.Json(one.End, one.Url)),
        ["passedOver"] = JsonParts.Array(
            _passedOver, one => new JsonObject { ["configuration"] = one.Configuration, ["reason"] = one.Reason }),
    };
}
