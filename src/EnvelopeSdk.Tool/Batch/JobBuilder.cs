using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Tool.Bills;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.Tool.Batch;

/// <summary>
/// Builds the job of an envelope, once for each envelope and version of this command, into the user's cache. A job is
/// whole or not there: it is made beside its place. It is compiled ahead where it can be, since most of what it
/// compiles when it starts it would compile each time.
/// </summary>
internal static class JobBuilder
{
    private const string Name = "Job";
    private const int Digits = 16;

    /// <param name="envelope">The envelope.</param>
    /// <param name="places">What it reads and writes.</param>
    /// <param name="note">Is told that it is built.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The assembly of the program.</returns>
    /// <exception cref="EnvelopeException">It cannot be built; the message has what the build said.</exception>
    public static async Task<string> EnsureAsync(
        ResolvedEnvelope envelope, IEnumerable<string> places, Action<string> note,
        CancellationToken cancellationToken)
    {
        var databases = DatabaseTable.ProvidersOf(places);
        var reference = envelope.Content.Reference;
        var jobs = Path.Combine(CacheDirectory(), "envelope", "jobs");
        var place = Path.Combine(jobs, $"{reference.Name}-{reference.Digest.Hex[..Digits]}-{BillId.ToolVersion}"
            + string.Concat(databases.Select(one => $"-{one.ToLowerInvariant()}")));
        if (!Directory.Exists(place))
        {
            note($"Building the job of {reference}, once.");
            await BuildAsync(envelope, databases, place, cancellationToken);
        }

        return Path.Combine(place, Name + ".dll");
    }

    private static async Task BuildAsync(
        ResolvedEnvelope envelope, IReadOnlyList<string> databases, string place, CancellationToken cancellationToken)
    {
        using var build = new ProjectBuild($"{place}.{Guid.NewGuid():N}.partial");
        string[] every =
        [
            "--use-current-runtime", "--self-contained", "false",
            $"-p:EnvelopeDatabases={string.Join("%2C", databases)}",
        ];
        await build.WriteAsync(envelope, Name, cancellationToken);
        try
        {
            Place(await build.PublishAsync(cancellationToken, [.. every, "-p:PublishReadyToRun=true"]), place);
            return;
        }
        catch (StepException)
        {
            // The package with the compiler may not be in the user's feeds; what else is wrong is so without it, too.
        }

        try
        {
            Place(await build.PublishAsync(cancellationToken, every), place);
        }
        catch (StepException failure)
        {
            throw ProjectBuild.Failed("job", envelope, failure);
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
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set
        : OperatingSystem.IsWindows()
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
}
