using System.CommandLine;
using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Commands;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Deploying;

/// <summary>Follows a deployment, and tells a person what it comes to.</summary>
internal sealed class DeploymentWatch(EnvelopeRegistry registry, ParseResult parsed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private int _told;
    private string _explained = "";

    /// <summary>Until it is live or has ended, or waits for somebody's approval.</summary>
    /// <exception cref="OperationCanceledException">The waiting was ended, and not the deployment.</exception>
    public async Task<DeploymentHistory> FollowAsync(Deployment one, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var history = await registry.ReadDeploymentAsync(one.Configuration, one.Id, cancellation);
                Tell(history);
                if (!DeploymentState.Active.Contains(history.Deployment.State) || IsWaiting(history))
                {
                    return history;
                }

                await Task.Delay(Pause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            var named = Named(one);
            Answer.Note(
                parsed,
                $"The deployment {Id(one)} goes on: nobody waits for it any more. 'envelope deployment show {named}' "
                + $"says how far it is, and 'envelope deployment cancel {named}' stops it.");
            throw;
        }
    }

    /// <summary>Whether somebody has to approve it: only then is there a note of what was asked for.</summary>
    public static bool IsWaiting(DeploymentHistory history) =>
        history.Deployment.State == DeploymentState.Requested && history.Steps is [.., { Note: not null }];

    public static bool IsLive(DeploymentHistory history) =>
        history.Steps.Any(step => step.State == DeploymentState.Live);

    /// <summary>How to approve it.</summary>
    public static string ApprovalOf(Deployment one) =>
        $"The deployment {Id(one)} waits for approval. 'envelope deployment approve {Named(one)}' lets it go on, and "
        + $"'envelope deployment reject {Named(one)}' ends it.";

    /// <summary>Why it is not live.</summary>
    public static string FailureOf(Deployment one) =>
        $"The deployment {Id(one)} of '{one.Configuration}' is {one.State}: {one.Reason ?? "nothing is known of why"}";

    /// <summary>The words that name it behind <c>envelope deployment show</c>.</summary>
    private static string Named(Deployment one) => $"{one.Configuration} {Id(one)}";

    private static string Id(Deployment one) => one.Id.ToString(CultureInfo.InvariantCulture);

    private void Tell(DeploymentHistory history)
    {
        foreach (var step in history.Steps.Skip(_told))
        {
            Answer.Note(parsed, DeploymentText.Of(step));
        }

        _told = history.Steps.Count;
        var one = history.Deployment;
        var kind = $"{one.State} {one.Step} {WithoutNumbers(one.Reason)}";
        if (one.Reason is { } reason && reason != history.Steps[^1].Note && kind != _explained)
        {
            Answer.Note(parsed, "  " + Texts.PlainLines(reason));
        }

        _explained = kind;
    }

    /// <summary>A count that goes on is told once.</summary>
    private static string WithoutNumbers(string? text) => string.Concat((text ?? "").Where(one => !char.IsDigit(one)));
}
