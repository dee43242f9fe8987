using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>How a service is started.</summary>
/// <param name="Instance">The process that it is to be.</param>
/// <param name="Program">The assembly of the service.</param>
/// <param name="Environment">All variables of its environment but those that every process needs.</param>
/// <param name="MemoryMegabytes">How much memory it may have; null: as much as it wants.</param>
internal sealed record ServiceStart(
    Instance Instance, string Program, IReadOnlyDictionary<string, string> Environment, int? MemoryMegabytes);

/// <summary>What runs services. What it has started goes on when the registry ends, and is found again.</summary>
internal interface IServiceRuntime
{
    /// <summary>Starts a service, unless it runs.</summary>
    /// <exception cref="EnvelopeException">It cannot be started.</exception>
    Task StartAsync(ServiceStart start, CancellationToken cancellationToken);

    /// <summary>Whether a service was started and runs, is being started, or has ended; null: it was not started.</summary>
    bool? IsRunning(Instance instance);

    /// <summary>How many bytes of memory it has; null when that is not known.</summary>
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
    string LogEnd(Instance instance, int lines);
}
