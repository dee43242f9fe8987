using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>All that run services, by their names.</summary>
internal sealed class ServiceRuntimes(IEnumerable<IServiceRuntime> runtimes)
{
    private readonly Dictionary<string, IServiceRuntime> _runtimes = runtimes.ToDictionary(one => one.Name);

    public IEnumerable<IServiceRuntime> All => _runtimes.Values;

    public IServiceRuntime Of(Instance instance) => _runtimes[instance.Runtime];

    /// <summary>What runs a configuration's services.</summary>
    /// <exception cref="EnvelopeException">It cannot here.</exception>
    public IServiceRuntime Of(DeploymentSettings settings)
    {
        var runtime = _runtimes[settings.Runtime];
        return runtime.Lack is { } lack ? throw new EnvelopeException(EnvelopeError.Invalid, lack) : runtime;
    }
}
