using EnvelopeSdk.Architecture.Tests.Harness;

namespace EnvelopeSdk.Architecture.Tests.Rules;

/// <summary>Where files may lie, and what namespace they have there.</summary>
internal static class Folders
{
    /// <summary>Types that the compiler looks for by name, which an older framework does not have.</summary>
    private const string Polyfills = "System.Runtime.CompilerServices";

    private static readonly string[] TopLevel = ["src", "generators", "analyzers", "templates", "tests"];

    public static IEnumerable<string> OutOfPlace(IEnumerable<string> files) => files
        .Where(path => path.Contains('/')).Select(path => path[..path.IndexOf('/')]).Distinct()
        .Where(folder => folder[0] != '.' && !TopLevel.Contains(folder))
        .Select(folder => $"{folder}/ is no folder of the top level: {string.Join(", ", TopLevel)} and dot folders.");

    public static IEnumerable<string> Misnamed(ProjectFile project, string path, string source)
    {
        var folders = path[project.Folder.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)[..^1];
        var expected = string.Join('.', [project.RootNamespace, .. folders]);
        return SourceCode.NamespacesOf(source).Where(declared => declared != expected && declared != Polyfills)
            .Select(declared => $"{path}: the namespace is '{declared}', where its folder says '{expected}'.");
    }
}
