using EnvelopeSdk.Gateway;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>Where and how a registry runs what is deployed.</summary>
public sealed record DeployingOptions
{
    /// <summary>A year, and some weeks to look back over it.</summary>
    public const int UsualKeepDays = 400;

    /// <summary>A century: for ever.</summary>
    private const int MostKeepDays = 36_500;

    /// <summary>The directory of builds, of what runs, and of secrets. One engine has it at a time.</summary>
    public required string Directory { get; init; }

    /// <summary>The directory of the gateway, over whose socket it is told its routes.</summary>
    public required string GatewayDirectory { get; init; }

    /// <summary>Where the gateway listens: addresses with <c>;</c> between them.</summary>
    public string GatewayUrls { get; init; } = $"http://127.0.0.1:{GatewayOptions.DefaultPort}";

    /// <summary>
    /// The address at which callers reach the gateway, where a proxy stands before it; null: the first at which it
    /// listens.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>
    /// The program that runs a gateway, with its first arguments: it is given <c>--directory</c> and <c>--urls</c>, and
    /// goes on when the registry ends. Empty: somebody else runs it.
    /// </summary>
    public IReadOnlyList<string> GatewayCommand { get; init; } = [];

    /// <summary>
    /// For how many days a deployment that has ended is known, with what it came to. What a rollback leads to is known
    /// for longer.
    /// </summary>
    public int KeepDays { get; init; } = UsualKeepDays;

    /// <summary>How many jobs of batches run at once as processes; the others wait for their turn.</summary>
    public int MostJobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The version of <c>EnvelopeSdk.Service</c> that services are built with.</summary>
    public required string Platform { get; init; }

    /// <summary>
    /// The user as whom services are built and run, so that they cannot read what the registry's user can; null: that
    /// user. It takes a registry that is root on Linux.
    /// </summary>
    public string? RunAs { get; init; }

    /// <summary>The cluster that runs services; null: none does.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>The configuration of NuGet for builds; null: that of the user.</summary>
    public string? NuGetConfig { get; init; }

    /// <summary>After how long it is looked again whether there are builds that nobody needs.</summary>
    internal TimeSpan BetweenPrunes { get; init; } = TimeSpan.FromMinutes(10);

    /// <exception cref="EnvelopeException">It cannot be so.</exception>
    internal void Check()
    {
        if (KeepDays is < 1 or > MostKeepDays)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"Deployments cannot be known for {KeepDays} days. Say 1 to {MostKeepDays} with --keep-deployments.");
        }

        if (MostJobs < 1)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"With {MostJobs} jobs at once no batch would run. Say 1 or more with --batch-jobs.");
        }
    }

    /// <summary>The address of what is deployed under a name.</summary>
    internal string UrlOf(string configuration) =>
        (PublicUrl ?? ListenAddresses.Split(GatewayUrls)[0]).TrimEnd('/') + "/" + configuration;
}
