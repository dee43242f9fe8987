using System.Diagnostics;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary><c>dotnet publish</c> of a service's project, as a process without what the registry has.</summary>
internal sealed class PublishCommand(EnginePlace place)
{
    private const string Home = "builds";
    private const int LinesOfLog = 30;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it, and waits until it ends: what came of it is another question.</summary>
    /// <param name="process">What it is to be.</param>
    /// <param name="project">The folder of the project.</param>
    /// <param name="output">Where the program goes, or the image.</param>
    /// <param name="key">What is built.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="EnvelopeException">It takes too long, or does not start.</exception>
    public async Task RunAsync(
        DetachedProcess process, string project, string output, BuildKey key, CancellationToken cancellationToken)
    {
        string[] command =
        [
            DotnetHost.Path, "publish", Path.Combine(project, $"{key.Program}.csproj"), "-c", "Release",
            .. ToPublish(key.Image, output), .. OfJobs(key), "-nodeReuse:false", "-p:UseSharedCompilation=false", "--tl:off",
            "-v", "minimal",
        ];
        await process.StartAsync(place.User?.Command(command) ?? command, project, Environment(), cancellationToken);
        for (var begun = Stopwatch.StartNew(); process.IsRunning == true; await Task.Delay(Interval, cancellationToken))
        {
            if (begun.Elapsed > Longest)
            {
                throw Failed(key, process, $" in {Longest.TotalMinutes:0} minutes");
            }
        }

        if (process.IsRunning is null)
        {
            throw Failed(key, process);
        }
    }

    public static EnvelopeException Failed(BuildKey key, DetachedProcess process, string limit = "") => new(
        EnvelopeError.Invalid,
        $"The {(key.IsJob ? "job" : "service")} of '{key.Envelope}' cannot be built with "
        + $"{key.Sdk.Replace('/', ' ')}{limit}. The end of its log says why.\n"
        + LogFiles.End(process.LogFile, LinesOfLog));

    private Dictionary<string, string> Environment()
    {
        var environment = CleanEnvironment.OfBuilds(place.User);
        if (place.User is not null)
        {
            environment["HOME"] = place.MakeHome(Home); // with packages of the user's own
        }

        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
        return environment;
    }

    private static string[] OfJobs(BuildKey key) => key.Databases is not { } databases ? []
        :
        [
            .. key.Image is null ? ["--use-current-runtime", "--self-contained", "false"] : (string[])[],
            $"-p:EnvelopeDatabases={databases.Replace(",", "%2C", StringComparison.Ordinal)}",
        ];

    private static IEnumerable<string> ToPublish(ImageSettings? image, string output) => image is null
        ? ["-o", output]
        :
        [
            "-t:PublishContainer", $"-p:ContainerArchiveOutputPath={ServiceImage.ArchiveOf(output)}",
            "-p:ContainerImageFormat=OCI", "-r", BuildKey.ImageRuntime, "--self-contained",
            image.SelfContained ? "true" : "false",
            .. image.Base is { } under ? [$"-p:ContainerBaseImage={under}"] : (string[])[],
        ];
}
