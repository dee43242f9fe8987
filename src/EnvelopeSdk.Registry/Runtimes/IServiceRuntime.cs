using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>How a service is started.</summary>
/// <param name="Instance">What it is to be.</param>
/// <param name="Deployment">What runs.</param>
/// <param name="Settings">How.</param>
/// <param name="Build">The folder of its build.</param>
internal sealed record ServiceStart(
    Instance Instance, DeploymentRow Deployment, DeploymentSettings Settings, string Build);

/// <summary>What runs services. What it has started goes on when the registry ends, and is found again.</summary>
internal interface IServiceRuntime
{
    /// <summary>Its name in settings, one of <see cref="ServiceRuntime"/>.</summary>
    string Name { get; }

    /// <summary>Why it can run nothing here, with the cure; null: it can.</summary>
    string? Lack { get; }

    /// <summary>How long it may take until a service begins to start, where it has to be brought first.</summary>
    TimeSpan Delivery { get; }

    /// <summary>Addresses at which services can listen, each its own and nobody else's.</summary>
    /// <param name="deployment">What will run there.</param>
    /// <param name="count">How many replicas it is to have.</param>
    IReadOnlyList<string> NewAddresses(DeploymentRow deployment, int count);

    /// <summary>Does what takes its time, once for a build, before services of it start.</summary>
    /// <param name="build">The folder of the build.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task PrepareAsync(string build, CancellationToken cancellationToken);

    /// <summary>Removes what it keeps of a build, which is going to be removed.</summary>
    Task DiscardAsync(string build, CancellationToken cancellationToken);

    /// <summary>Starts a service, unless it runs.</summary>
    /// <exception cref="EnvelopeException">It cannot be started.</exception>
    Task StartAsync(ServiceStart start, CancellationToken cancellationToken);

    /// <summary>Whether a service was started and runs, is being started, or has ended; null: it was not started.</summary>
    ValueTask<bool?> IsRunningAsync(Instance instance, CancellationToken cancellationToken);

    /// <summary>Whether all that an instance stands for runs, so that it can be asked whether it is ready.</summary>
    bool IsComplete(Instance instance);

    /// <summary>How many bytes of memory it has; null when that is not known, or others see to it.</summary>
    long? MemoryOf(Instance instance);

    /// <summary>Ends a service: it ends what it has begun, if it is patient enough.</summary>
    Task StopAsync(Instance instance, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Forgets an end, so that it can be started again; what it has written stays.</summary>
    void Forget(Instance instance);

    /// <summary>Removes all that is left of a service that has ended.</summary>
    void Remove(Instance instance);

    /// <summary>Keeps what it has written from growing without bound.</summary>
    void RotateLog(Instance instance);

    /// <summary>Writes a line of the registry's own to what it has written.</summary>
    void Note(Instance instance, string text);

    /// <summary>The last lines that it has written.</summary>
    ValueTask<string> LogEndAsync(Instance instance, int lines, CancellationToken cancellationToken);
}
