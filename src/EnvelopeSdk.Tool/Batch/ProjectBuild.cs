using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Tool.Bills;
using EnvelopeSdk.Tool.Feeds;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.Tool.Batch;

/// <summary>Builds a project of <c>EnvelopeSdk.Batch</c> in a directory of its own, which is removed with it.</summary>
/// <param name="directory">The directory, which is not there yet.</param>
internal sealed class ProjectBuild(string directory) : IDisposable
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    private readonly string _project = Directory.CreateDirectory(Path.Combine(directory, "project")).FullName;
    private int _outputs;

    /// <summary>Writes the project.</summary>
    /// <param name="envelope">The envelope that it is made of.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAsync(ResolvedEnvelope envelope, string name, CancellationToken cancellationToken)
    {
        var archive = envelope.Content.Reference.Name + EnvelopeArchive.Extension;
        await EnvelopeArchive.ExportAsync(
            envelope.Content, envelope.Journal, Path.Combine(_project, archive),
            await envelope.ReadSignaturesAsync(cancellationToken), null, cancellationToken);
        EnvelopeProject.Write(
            _project, name, $"EnvelopeSdk.Batch/{BillId.ToolVersion}", archive, NearestConfig.Find(), user: null);
    }

    /// <summary>Publishes it.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="arguments">What <c>dotnet publish</c> is told beside.</param>
    /// <returns>The directory of what was made.</returns>
    /// <exception cref="StepException">It cannot be built.</exception>
    public async Task<string> PublishAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var output = Path.Combine(directory, $"out{_outputs++}");
        await ChildProcess.RunAsync(
            Environment, _project, _ => { }, cancellationToken,
            [DotnetHost.Path, "publish", "-c", "Release", "-o", output, "-v", "minimal", "--tl:off", .. arguments]);
        return output;
    }

    /// <summary>What a failure to build one means to who asked for it.</summary>
    public static EnvelopeException Failed(string what, ResolvedEnvelope envelope, StepException failure) => new(
        EnvelopeError.Invalid,
        $"The {what} of '{envelope.Content.Reference}' cannot be built with EnvelopeSdk.Batch "
        + $"{BillId.ToolVersion}:\n{failure.Output.TrimEnd()}"
        + (failure.Output.Contains("Unable to find package EnvelopeSdk", StringComparison.Ordinal)
            ? "\nThe feed that this command came from is no source here: dotnet nuget add source FEED" : ""),
        failure);

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
