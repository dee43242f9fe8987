using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The job as a program of its own.</summary>
internal static class PublishedJob
{
    private const string Project = "EnvelopeSdk.Benchmarks.Batch.Job";

    /// <summary>As <c>envelope batch</c> builds it: compiled ahead, and better by the run-time while it runs.</summary>
    public static readonly Guest Job = new(
        "job", "it always is", () => Task.FromResult(true),
        (directory, input, output) => MakeAsync(
            Path.Combine(directory, "job"), directory, input, output,
            "--self-contained", "false", "-p:PublishReadyToRun=true"),
        HasSameAnswers: true);

    /// <summary>As native code, which needs no run-time and compiles nothing when it starts.</summary>
    public static readonly Guest Native = new(
        "job, native", "apt-get install gcc libc6-dev", IsInstalledAsync,
        (directory, input, output) => MakeAsync(
            Path.Combine(directory, "native"), directory, input, output, "-p:NativeJob=true"),
        HasSameAnswers: true);

    /// <summary>Whether there is a linker.</summary>
    private static Task<bool> IsInstalledAsync() => Task.FromResult(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(path => File.Exists(Path.Combine(path, "gcc")) || File.Exists(Path.Combine(path, "clang"))));

    private static async Task<Func<Task<Cost>>> MakeAsync(
        string published, string directory, string input, string output, params string[] form)
    {
        var program = await PublishAsync(published, form);
        string[] arguments = [Stones.Envelope(directory), input, output];
        return File.Exists(program + ".dll")
            ? () => Cost.OfProgramAsync("dotnet", ["exec", program + ".dll", .. arguments])
            : () => Cost.OfProgramAsync(program, arguments);
    }

    /// <summary>Publishes it anew: what it was made of may have changed.</summary>
    /// <param name="published">Where it is to be.</param>
    /// <param name="form">What the publishing is told.</param>
    /// <returns>The path of the program.</returns>
    public static async Task<string> PublishAsync(string published, params string[] form)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", Path.Combine(Repository(), "tests", Project), "-c", "Release", "-r",
                RuntimeInformation.RuntimeIdentifier, "-o", published, .. form,
            ])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(said);
        }

        return Path.Combine(published, Project);
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
