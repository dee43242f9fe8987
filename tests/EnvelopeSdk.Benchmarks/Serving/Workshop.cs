using System.Diagnostics;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>
/// A directory with all that is built: feed and cache of packages, envelope store, projects and programs. Nothing of it
/// enters the user's own.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="keep">Whether steps that were done once are done, whatever has changed.</param>
internal sealed class Workshop(string directory, bool keep)
{
    public const string ProjectPrefix = "EnvelopeSdk.Benchmarks.Serving.";

    private readonly string _digest = SourceDigest.Of(FindRepository());

    public string Repository { get; } = FindRepository();

    public string Directory => directory;

    public string PathOf(params string[] names) => Path.Combine([directory, .. names]);

    /// <summary>Removes a folder, if it is there.</summary>
    public void Remove(string folder)
    {
        if (System.IO.Directory.Exists(PathOf(folder)))
        {
            System.IO.Directory.Delete(PathOf(folder), recursive: true);
        }
    }

    /// <summary>Does a step, unless it was done with the same sources.</summary>
    public async Task DoAsync(string step, Func<Task> action)
    {
        var done = PathOf("done", step);
        if (File.Exists(done) && (keep || await File.ReadAllTextAsync(done) == _digest))
        {
            return;
        }

        var begun = Stopwatch.GetTimestamp();
        Console.Error.WriteLine($"{step} ...");
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(done)!);
        File.Delete(done);
        await action();
        await File.WriteAllTextAsync(done, _digest);
        Console.Error.WriteLine($"{step}: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
    }

    /// <summary>Packs as the tree is restored: another package cache would be written into its <c>obj</c>.</summary>
    public Task PackAsync(params string[] command) => RunAsync(Repository, new Dictionary<string, string>(), command);

    /// <summary>Runs a program that uses the packages.</summary>
    public Task RunAsync(string folder, params string[] command) => RunAsync(
        PathOf(folder),
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = PathOf("packages"), ["ENVELOPE_HOME"] = PathOf("store") },
        command);

    private static async Task RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{string.Join(' ', command)}' in {folder} failed:\n{output}");
        }
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EnvelopeSdk.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No source tree is around this program.");
        }

        return folder.FullName;
    }
}
