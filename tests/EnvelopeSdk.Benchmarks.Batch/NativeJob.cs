using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The job as native code: a program that needs no run-time and compiles nothing when it starts.</summary>
internal static class NativeJob
{
    private const string Project = "EnvelopeSdk.Benchmarks.Batch.Native";

    public static readonly Guest Guest = new(
        "job, native", "apt-get install gcc libc6-dev", IsInstalledAsync, MakeAsync, HasSameAnswers: true);

    /// <summary>Whether there is a linker.</summary>
    private static Task<bool> IsInstalledAsync() => Task.FromResult(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(path => File.Exists(Path.Combine(path, "gcc")) || File.Exists(Path.Combine(path, "clang"))));

    /// <summary>Publishes it anew: what it was made of may have changed.</summary>
    private static async Task<Func<Task<Cost>>> MakeAsync(string directory, string input, string output)
    {
        var published = Path.Combine(directory, "native");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", Path.Combine(Repository(), "tests", Project), "-c", "Release", "-r",
                RuntimeInformation.RuntimeIdentifier, "-p:NativeJob=true", "-o", published,
            ])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? () => Cost.OfProgramAsync(Path.Combine(published, Project), [Stones.Envelope(directory), input, output])
            : throw new InvalidOperationException(said);
    }

    private static string Repository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "EnvelopeSdk.sln")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new InvalidOperationException("The benchmark has to run where it was built.");
        }

        return directory;
    }
}
