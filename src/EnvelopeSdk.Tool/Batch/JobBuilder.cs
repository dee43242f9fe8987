using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Tool.Bills;
using EnvelopeSdk.Tool.Feeds;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.Tool.Batch;

/// <summary>
/// Builds the job of an envelope, once for each envelope and version of this command, into the user's cache. A job is
/// whole or not there: it is made beside its place.
/// </summary>
internal static class JobBuilder
{
    private const string Name = "Job";
    private const int Digits = 16;

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    /// <param name="envelope">The envelope.</param>
    /// <param name="note">Is told that it is built.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The assembly of the program.</returns>
    /// <exception cref="EnvelopeException">It cannot be built; the message has what the build said.</exception>
    public static async Task<string> EnsureAsync(
        ResolvedEnvelope envelope, Action<string> note, CancellationToken cancellationToken)
    {
        var reference = envelope.Content.Reference;
        var jobs = Path.Combine(CacheDirectory(), "envelope", "jobs");
        var place = Path.Combine(jobs, $"{reference.Name}-{reference.Digest.Hex[..Digits]}-{BillId.ToolVersion}");
        if (!Directory.Exists(place))
        {
            note($"Building the job of {reference}, once.");
            await BuildAsync(envelope, place, cancellationToken);
        }

        return Path.Combine(place, Name + ".dll");
    }

    private static async Task BuildAsync(
        ResolvedEnvelope envelope, string place, CancellationToken cancellationToken)
    {
        var partial = $"{place}.{Guid.NewGuid():N}.partial";
        try
        {
            var project = Directory.CreateDirectory(Path.Combine(partial, "project")).FullName;
            var archive = envelope.Content.Reference.Name + EnvelopeArchive.Extension;
            await EnvelopeArchive.ExportAsync(
                envelope.Content, envelope.Journal, Path.Combine(project, archive),
                await envelope.ReadSignaturesAsync(cancellationToken), null, cancellationToken);
            EnvelopeProject.Write(
                project, Name, $"EnvelopeSdk.Batch/{BillId.ToolVersion}", archive, NearestConfig.Find(), user: null);
            var output = Path.Combine(partial, "out");
            await ChildProcess.RunAsync(
                Environment, project, _ => { }, cancellationToken, DotnetHost.Path, "publish", "-c", "Release", "-o",
                output, "--use-current-runtime", "--self-contained", "false", "-v", "minimal", "--tl:off");
            Place(output, place);
        }
        catch (StepException failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The job of '{envelope.Content.Reference}' cannot be built with EnvelopeSdk.Batch "
                + $"{BillId.ToolVersion}:\n{failure.Output.TrimEnd()}",
                failure);
        }
        finally
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    private static void Place(string output, string place)
    {
        try
        {
            Directory.Move(output, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Another one has built the same.
        }
    }

    /// <summary>The user's folder of what can be made again (XDG Base Directory Specification).</summary>
    private static string CacheDirectory() =>
        System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set
        : OperatingSystem.IsWindows()
        ? System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
            OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
}
