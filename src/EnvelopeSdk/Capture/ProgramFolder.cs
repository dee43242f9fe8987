using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The folder that a program runs from: its own assemblies and those of packages, which its <c>.deps.json</c> lists,
/// and libraries that lie beside them because the build was told to copy them there.
/// </summary>
internal sealed class ProgramFolder
{
    private readonly string _directory;
    private readonly HashSet<string> _listed;

    private ProgramFolder(string directory, HashSet<string> listed) => (_directory, _listed) = (directory, listed);

    /// <summary>Looks into a folder.</summary>
    /// <returns>It; null when it lists no assemblies, and what in it comes from where cannot be told.</returns>
    public static ProgramFolder? Open(string directory)
    {
        var lists = Directory.GetFiles(directory, "*.deps.json");
        return lists.Length == 0
            ? null
            : new(directory, lists.SelectMany(list => Listed(File.ReadAllBytes(list))).ToHashSet(PathComparer));
    }

    /// <summary>Names of files are compared as the file systems of most machines do.</summary>
    public static StringComparer PathComparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>The satellite assemblies of an assembly: <c>de/Library.resources.dll</c>.</summary>
    public static IEnumerable<string> Satellites(string directory, string assembly) =>
        Directory.EnumerateDirectories(directory)
            .Select(culture => $"{Path.GetFileName(culture)}/{assembly}.resources.dll")
            .Where(path => File.Exists(Path.Combine(directory, path)))
            .Order(StringComparer.Ordinal);

    /// <summary>The libraries that nothing lists: paths from the folder, with <c>/</c>.</summary>
    public IEnumerable<string> Loose() => Libraries(_directory)
        .Select(file => Path.GetRelativePath(_directory, file).Replace('\\', '/'))
        .Where(path => !IsListed(path))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether the program lists a file of the folder as its own or a package's.</summary>
    public bool IsListed(string path) => _listed.Contains(path) || TestPackages.HasFile(Path.GetFileName(path));

    /// <summary>The files that a <c>.deps.json</c> lists, where they lie in the program's folder.</summary>
    internal static IEnumerable<string> Listed(ReadOnlyMemory<byte> depsFile)
    {
        using var deps = JsonDocument.Parse(depsFile);
        if (!deps.RootElement.TryGetProperty("targets", out var targets))
        {
            yield break;
        }

        foreach (var assets in targets.EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .SelectMany(library => library.Value.EnumerateObject())
            .Where(assets => assets.Value.ValueKind == JsonValueKind.Object && assets.Name != "dependencies"))
        {
            foreach (var asset in assets.Value.EnumerateObject())
            {
                var name = Path.GetFileName(asset.Name);
                yield return assets.Name == "resources" && asset.Value.TryGetProperty("locale", out var locale)
                    ? $"{locale.GetString()}/{name}"
                    : name;
                yield return asset.Name; // those of other systems keep their folders: runtimes/linux-x64/native/...
            }
        }
    }

    private static IEnumerable<string> Libraries(string directory) =>
        Found(() => Directory.GetFiles(directory)).Where(file => IsLibrary(Path.GetFileName(file)))
            .Concat(Found(() => Directory.GetDirectories(directory)).Where(IsPartOfProgram).SelectMany(Libraries));

    /// <summary>
    /// Beside a program others may work, whose folders are gone when they are looked into, or are theirs alone.
    /// </summary>
    private static string[] Found(Func<string[]> look)
    {
        try
        {
            return look();
        }
        catch (Exception failure) when (failure is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsLibrary(string name) =>
        Path.GetExtension(name) is ".dll" or ".so" or ".dylib" || name.Contains(".so.", StringComparison.Ordinal);

    /// <summary>A folder with another program in it, such as what was published, is none of this one's.</summary>
    private static bool IsPartOfProgram(string directory) =>
        Path.GetFileName(directory) is not ("ref" or "refint" or "publish")
        && Found(() => Directory.GetFiles(directory, "*.deps.json")).Length == 0
        && Found(() => Directory.GetFiles(directory, "*.runtimeconfig.json")).Length == 0;
}
