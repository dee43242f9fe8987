using System.Security;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>
/// A directory with all that the quick start makes: package feed and cache, template hive, envelope store and projects.
/// Nothing of it enters the user's own package cache, templates or store.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private readonly bool _keep;

    private Workspace(string root, bool keep, string? source)
    {
        (Root, _keep) = (root, keep);
        Repository = source is null ? FindRepository() : null;
        Feed = source ?? Directory.CreateDirectory(Path.Combine(root, "feed")).FullName;
    }

    public string Root { get; }

    /// <summary>The source tree to pack from; null when the packages come from a given feed.</summary>
    public string? Repository { get; }

    public string Feed { get; }

    public string Store => Path.Combine(Root, "store");

    /// <summary>Whether it is there when the quick start has ended.</summary>
    public bool IsKept => _keep;

    public string Hive => Path.Combine(Root, "hive");

    public string TrainingProject => Path.Combine(Root, "DiamondPrice");

    public string ServiceProject => Path.Combine(Root, "DiamondService");

    /// <summary>Where the registry runs services; the path of a socket in it may not be long.</summary>
    public string Services => Path.Combine(Root, "run");

    /// <summary>
    /// What the .NET command line is told when it packs the source tree, which keeps its usual package cache: no server
    /// is to stay behind.
    /// </summary>
    public IReadOnlyDictionary<string, string> PackEnvironment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["MSBUILDTERMINALLOGGER"] = "off",
        ["UseSharedCompilation"] = "false",
    };

    /// <summary>What it is told when it uses the packages: that, and directories of the workspace's own.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(PackEnvironment)
    {
        ["NUGET_PACKAGES"] = Path.Combine(Root, "packages"),
        ["ENVELOPE_HOME"] = Store,
    };

    public static Workspace Create(string? directory, string? source)
    {
        if (directory is not null && Directory.Exists(directory)
            && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{Path.GetFullPath(directory)}' is not empty. Give --directory a new directory.");
        }

        var root = directory is null
            ? Directory.CreateTempSubdirectory("envelope-quickstart-")
            : Directory.CreateDirectory(directory);
        var workspace = new Workspace(
            root.FullName, keep: directory is not null, source is null ? null : Path.GetFullPath(source));
        workspace.WriteNuGetConfig();

        // The projects are made below a directory that may have build files of its own above it: these stop the search.
        File.WriteAllText(Path.Combine(workspace.Root, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(workspace.Root, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(workspace.Root, "Directory.Packages.props"), "<Project />");
        return workspace;
    }

    public void Dispose()
    {
        if (!_keep)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    /// <summary>The source tree around the current directory or around this program.</summary>
    private static string FindRepository()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                if (File.Exists(Path.Combine(directory.FullName, "EnvelopeSdk.sln")))
                {
                    return directory.FullName;
                }
            }
        }

        throw new EnvelopeException(
            EnvelopeError.NotFound,
            "There is no source tree of EnvelopeSdk here to pack packages from. Run the quick start in a clone of it, "
            + "or name a directory that has the packages with --source.");
    }

    /// <summary>
    /// Adds the feed to the configured ones. The usual package cache is read, so that nothing is downloaded twice,
    /// unless packages of EnvelopeSdk lie in it: those would be taken instead of the feed's.
    /// </summary>
    private void WriteNuGetConfig()
    {
        var usual = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(
                System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var fallback = Directory.Exists(usual) && !Directory.EnumerateDirectories(usual, "envelopesdk*").Any()
            ? $"<fallbackPackageFolders><add key=\"usual\" value=\"{SecurityElement.Escape(usual)}\" />"
                + "</fallbackPackageFolders>"
            : "";
        File.WriteAllText(
            Path.Combine(Root, "nuget.config"),
            $"""
             <configuration>
               <packageSources><add key="envelope-quickstart" value="{SecurityElement.Escape(Feed)}" /></packageSources>
               {fallback}
             </configuration>
             """);
    }
}
