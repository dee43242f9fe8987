using System.Diagnostics;

namespace EnvelopeSdk.Architecture.Tests.Harness;

/// <summary>The files of this repository, by their paths from its root with slashes.</summary>
internal static class Repository
{
    private const string Solution = "EnvelopeSdk.sln";

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>All files, new ones too, without what builds and editors leave behind.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. ListFiles().Where(path => File.Exists(Path.Combine(Root, path))).Order(StringComparer.Ordinal)];

    /// <summary>The projects that ship, or whose output does.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } =
    [
        .. Files.Where(path => IsIn(path, "src", "generators", "analyzers") && HasExtension(path, ".csproj"))
            .Select(path => ProjectFile.Parse(path, Read(path))),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool IsIn(string path, params string[] folders) =>
        folders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal));

    public static bool HasExtension(string path, params string[] extensions) =>
        extensions.Contains(Path.GetExtension(path));

    /// <summary>The project that compiles a file: the one in the nearest folder above.</summary>
    public static ProjectFile? ProjectOf(string path) => Projects
        .Where(project => IsIn(path, project.Folder)).MaxBy(project => project.Folder.Length);

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{start}' has {Solution}.");
    }

    private static string[] ListFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? listed.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode}.");
    }
}
