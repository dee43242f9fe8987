using System.CommandLine;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Gateway;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Tool.Bills;
using EnvelopeSdk.Tool.Feeds;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The options of a registry that deploys.</summary>
internal sealed class DeployingArguments
{
    /// <summary>How NuGet looks for its configuration, in this order.</summary>

    private readonly Option<string?> _directory = new("--deploy-in")
    {
        Description = "Where services are built and run; else in the store. A registry of a team deploys only with it.",
    };

    private readonly Option<string?> _gatewayUrls = new("--gateway-urls")
    {
        Description = "Where the gateway listens, which leads requests to what is deployed; else "
            + $"http://127.0.0.1:{GatewayOptions.DefaultPort}.",
    };

    private readonly Option<string?> _publicUrl = new("--public-url")
    {
        Description = "How callers reach the gateway, where a proxy stands before it.",
    };

    private readonly Option<string?> _runAs = new("--run-as")
    {
        Description = "The user as whom services are built and run, so that they cannot read what the registry can; it "
            + "takes a registry that is root on Linux.",
    };

    private readonly Option<int?> _keep = WholeNumber.Option<int>(
        "--keep-deployments",
        $"For how many days deployments are known that have ended; else {DeployingOptions.UsualKeepDays}.");

    private readonly Option<string?> _namespace = new("--kubernetes")
    {
        Description = "The namespace of a cluster that runs services and jobs, of configurations and batches that say "
            + "so; the cluster is that of kubectl.",
    };

    private readonly Option<string?> _imageRegistry = new("--image-registry")
    {
        Description = "HOST:PORT at which the cluster's nodes reach this registry, to pull the images of services.",
    };

    private readonly Option<string?> _pullSecret = new("--pull-secret")
    {
        Description = "The secret of the namespace with which they pull.",
    };

    private readonly Option<string?> _batchClaim = new("--batch-claim")
    {
        Description = "NAME or NAME:/PATH: a PersistentVolumeClaim of the namespace, in which jobs of batches on the "
            + $"cluster read and write files, and where they have it; else at {ClaimMount.UsualPath}.",
    };

    private readonly Option<int?> _batchJobs = WholeNumber.Option<int>(
        "--batch-jobs",
        "How many jobs of batches run at once on this machine, and the others wait; else one for each processor.",
        least: 1);

    private readonly Option<string?> _serviceUrl = new("--service-url")
    {
        Description = "How the gateway reaches a service on the cluster; else " + ClusterOptions.UsualServiceUrl + ".",
    };

    public void AddTo(ToolCommand command)
    {
        command.Options.Add(_directory);
        command.Options.Add(_gatewayUrls);
        command.Options.Add(_publicUrl);
        command.Options.Add(_runAs);
        command.Options.Add(_namespace);
        command.Options.Add(_imageRegistry);
        command.Options.Add(_pullSecret);
        command.Options.Add(_batchClaim);
        command.Options.Add(_batchJobs);
        command.Options.Add(_serviceUrl);
        command.Options.Add(_keep);
    }

    /// <summary>Where and how envelopes are deployed; null: they are not.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">What the surroundings say.</param>
    /// <param name="store">The directory of the store; null: it is that of a team.</param>
    public DeployingOptions? Read(ParseResult parsed, RegistrySettings settings, string? store)
    {
        var isElsewhere = (parsed.GetValue(_directory) ?? settings.DeployIn) is not null;
        var directory = parsed.GetValue(_directory) ?? settings.DeployIn
            ?? (store is null ? null : Path.Combine(store, "registry", "services"));
        return directory is null ? null : new()
        {
            Directory = directory,
            GatewayDirectory = store is null || isElsewhere
                ? Path.Combine(directory, "gateway")
                : GatewayOptions.DirectoryOf(store),
            GatewayUrls = parsed.GetValue(_gatewayUrls) ?? settings.GatewayUrls
                ?? $"http://127.0.0.1:{GatewayOptions.DefaultPort}",
            PublicUrl = parsed.GetValue(_publicUrl) ?? settings.PublicUrl,
            Cluster = Cluster(parsed),
            RunAs = parsed.GetValue(_runAs) ?? settings.RunAs,
            KeepDays = parsed.GetValue(_keep) ?? settings.KeepDeployments ?? DeployingOptions.UsualKeepDays,
            MostJobs = parsed.GetValue(_batchJobs) ?? settings.BatchJobs ?? Environment.ProcessorCount,
            GatewayCommand = [.. OwnProgram.Command, "gateway"],
            Platform = BillId.ToolVersion,
            NuGetConfig = NearestConfig.Find(),
        };
    }

    /// <exception cref="EnvelopeException">One option is given without the other that it needs.</exception>
    private ClusterOptions? Cluster(ParseResult parsed) => (
        parsed.GetValue(_namespace), parsed.GetValue(_imageRegistry)) switch
    {
        (null, null) => Needless(parsed) is not { } option ? null : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"{option} says something of a cluster, and no cluster is named. Name it with --kubernetes NAMESPACE and "
            + "--image-registry HOST:PORT, or leave it out."),
        ({ } space, { } images) => new()
        {
            Kubernetes = new()
            {
                Namespace = space,
                PullSecret = parsed.GetValue(_pullSecret),
                BatchClaim = parsed.GetValue(_batchClaim) is { } claim ? ClaimMount.Parse(claim) : null,
            },
            ImageRegistry = images,
            ServiceUrl = parsed.GetValue(_serviceUrl) ?? ClusterOptions.UsualServiceUrl,
        },
        _ => throw new EnvelopeException(
            EnvelopeError.Invalid,
            "--kubernetes and --image-registry go together: the cluster pulls images of services from this registry."),
    };

    /// <summary>An option that is given and needs a cluster.</summary>
    private string? Needless(ParseResult parsed) => new[] { _pullSecret, _batchClaim, _serviceUrl }
        .FirstOrDefault(one => parsed.GetValue(one) is not null)?.Name;
}
