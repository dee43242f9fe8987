using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The job as a program of its own.</summary>
internal static class PublishedJob
{
    private const string Project = "EnvelopeSdk.Benchmarks.Batch.Job";

    private static readonly string[] Ahead = ["--self-contained", "false", "-p:PublishReadyToRun=true"];

    /// <summary>As <c>envelope batch</c> builds it: compiled ahead, and better by the run-time while it runs.</summary>
    public static readonly Guest Job = new(
        "job", "it always is", () => Task.FromResult(true),
        (directory, input, output) => MakeAsync(
            Path.Combine(directory, "job"), directory, input, output, Ahead),
        HasSameAnswers: true);

    /// <summary>The worker as native code.</summary>
    /// <returns>The path of the program.</returns>
    public static Task<string> WorkerAsync(string directory) =>
        PublishAsync(Path.Combine(directory, "native"), Project, "-p:NativeJob=true");

    /// <summary>As native code, which needs no run-time and compiles nothing when it starts.</summary>
    public static readonly Guest Native = new(
        "job, native", "apt-get install gcc libc6-dev", IsInstalledAsync,
        (directory, input, output) => MakeAsync(
            Path.Combine(directory, "native"), directory, input, output, "-p:NativeJob=true"),
        HasSameAnswers: true);

    /// <summary>That of trees, which is a way of this program, as <c>envelope batch</c> builds it.</summary>
    public static readonly Guest Trees = new(
        Ways.TreesJob, "it always is", () => Task.FromResult(true),
        async (directory, input, output) =>
        {
            var program = await PublishAsync(
                Path.Combine(directory, "trees"), typeof(PublishedJob).Assembly.GetName().Name!, Ahead);
            return () => Cost.OfProgramAsync(
                "dotnet", ["exec", program + ".dll", Ways.TreesJob, directory, input, output]);
        },
        HasSameAnswers: true);

    /// <summary>Whether there is a linker.</summary>
    private static Task<bool> IsInstalledAsync() => Task.FromResult(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(path => File.Exists(Path.Combine(path, "gcc")) || File.Exists(Path.Combine(path, "clang"))));

    private static async Task<Func<Task<Cost>>> MakeAsync(
        string published, string directory, string input, string output, params string[] form)
    {
        var program = await PublishAsync(published, Project, form);
        string[] arguments = [Stones.Envelope(directory), input, output];
        return File.Exists(program + ".dll")
            ? () => Cost.OfProgramAsync("dotnet", ["exec", program + ".dll", .. arguments])
            : () => Cost.OfProgramAsync(program, arguments);
    }

    /// <summary>Publishes it anew: what it was made of may have changed.</summary>
    /// <param name="published">Where it is to be.</param>
    /// <param name="project">The name of the project.</param>
    /// <param name="form">What the publishing is told.</param>
    /// <returns>The path of the program.</returns>
    private static async Task<string> PublishAsync(string published, string project, params string[] form)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", Path.Combine(Repository(), "tests", project), "-c", "Release", "-r",
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

        return Path.Combine(published, project);
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
