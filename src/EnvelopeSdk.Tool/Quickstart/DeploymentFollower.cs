using System.Diagnostics;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>Waits for what becomes of deployments on a configuration, and shows each state as a step.</summary>
internal sealed class DeploymentFollower(EnvelopeRegistry registry, string configuration, StepDisplay display)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the deployment that a rule asks for.</summary>
    /// <exception cref="StepException">It asks for none.</exception>
    public async Task<Deployment> AskedForAsync(string rule, CancellationToken cancellation)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(Pause, cancellation))
        {
            var latest = await registry.ListDeploymentsAsync(configuration, null, 1, cancellation);
            if (latest is [var one] && one.Rule == rule)
            {
                return one;
            }
        }

        throw new StepException($"The rule '{rule}' asked for no deployment.", "");
    }

    /// <summary>Follows a deployment until it is live, with a step for each of its states.</summary>
    /// <exception cref="StepException">It does not become live.</exception>
    public async Task ShowAsync(Deployment one, CancellationToken cancellation)
    {
        var settings = (await registry.ReadConfigurationAsync(configuration, cancellation)).Settings;
        for (var now = one; DeploymentState.Active.Contains(now.State);)
        {
            var (state, step) = (now.State, now.Step);
            var text = state == DeploymentState.Canary && step < settings.Strategy.Steps.Count
                ? $"  {state}: {settings.Strategy.Steps[step].Percent} % of the requests"
                : $"  {state}";
            await display.RunAsync(text, async line => now = await WaitAsync(
                one, next => next.State != state || next.Step != step, line, cancellation));
        }
    }

    /// <summary>Waits until a deployment is live.</summary>
    /// <exception cref="StepException">It does not become live.</exception>
    public Task LiveAsync(Deployment one, Action<string> line, CancellationToken cancellation) =>
        WaitAsync(one, now => now.State == DeploymentState.Live, line, cancellation);

    private async Task<Deployment> WaitAsync(
        Deployment one, Func<Deployment, bool> isDone, Action<string> line, CancellationToken cancellation)
    {
        while (true)
        {
            var now = (await registry.ReadDeploymentAsync(configuration, one.Id, cancellation)).Deployment;
            if (DeploymentState.Unwanted.Contains(now.State))
            {
                throw new StepException($"The deployment {now.Id} is {now.State}.", now.Reason ?? "");
            }

            if (isDone(now))
            {
                return now;
            }

            line(now.Reason ?? now.State);
            await Task.Delay(Pause, cancellation);
        }
    }
}
