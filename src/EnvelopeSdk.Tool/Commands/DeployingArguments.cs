using System.CommandLine;
using EnvelopeSdk.Gateway;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Tool.Bills;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The options of a registry that deploys.</summary>
internal sealed class DeployingArguments
{
    /// <summary>How NuGet looks for its configuration, in this order.</summary>
    private static readonly string[] NuGetConfigs = ["nuget.config", "NuGet.config", "NuGet.Config"];

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

    private readonly Option<int?> _keep = new("--keep-deployments")
    {
        Description = "For how many days deployments are known that have ended; else "
            + $"{DeployingOptions.UsualKeepDays}.",
    };

    public void AddTo(ToolCommand command)
    {
        command.Options.Add(_directory);
        command.Options.Add(_gatewayUrls);
        command.Options.Add(_publicUrl);
        command.Options.Add(_runAs);
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
            RunAs = parsed.GetValue(_runAs) ?? settings.RunAs,
            KeepDays = parsed.GetValue(_keep) ?? settings.KeepDeployments ?? DeployingOptions.UsualKeepDays,
            GatewayCommand = [.. OwnProgram.Command, "gateway"],
            Platform = BillId.ToolVersion,
            NuGetConfig = FindNuGetConfig(),
        };
    }

    /// <summary>The configuration of NuGet that holds in the directory of the registry, but for that of the user.</summary>
    private static string? FindNuGetConfig()
    {
        for (var at = Directory.GetCurrentDirectory(); at is not null; at = Path.GetDirectoryName(at))
        {
            if (NuGetConfigs.Select(name => Path.Combine(at, name)).FirstOrDefault(File.Exists) is { } file)
            {
                return file;
            }
        }

        return null;
    }
}
