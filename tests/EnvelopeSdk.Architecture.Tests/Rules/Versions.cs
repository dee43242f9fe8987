using System.Text.RegularExpressions;
using System.Xml.Linq;
using EnvelopeSdk.Architecture.Tests.Harness;

namespace EnvelopeSdk.Architecture.Tests.Rules;

/// <summary>The version stands in one place, and what users copy names that version.</summary>
internal static partial class Versions
{
    public const string Place = "Directory.Build.props";

    private static readonly string[] Properties =
        ["Version", "VersionPrefix", "PackageVersion", "AssemblyVersion", "FileVersion", "InformationalVersion"];

    /// <summary>Documents and project files that users copy from.</summary>
    public static bool IsShown(string path) => path == "README.md"
        || Repository.IsIn(path, "templates", "analyzers/docs")
        || (Repository.IsIn(path, "src") && path.EndsWith("/README.md", StringComparison.Ordinal));

    public static bool IsBuildFile(string path) =>
        !Repository.IsIn(path, "tests") && Repository.HasExtension(path, ".csproj", ".props", ".targets");

    public static string Read(string props) => Set(props).Single(property => property.Name == "VersionPrefix").Value;

    public static IEnumerable<string> SetElsewhere(string path, string text) => path == Place ? [] : Set(text)
        .Select(property => $"{path} sets {property.Name} to '{property.Value}': the version stands in {Place}.");

    public static IEnumerable<string> Mentioned(string text) =>
        Mention().Matches(text).Select(match => match.Groups[1].Value);

    public static IEnumerable<string> Stale(string path, string text, string version) => Mentioned(text)
        .Where(mentioned => mentioned != version)
        .Select(mentioned => $"{path} mentions version {mentioned}, where {Place} says {version}.");

    private static IEnumerable<(string Name, string Value)> Set(string text) => XElement.Parse(text)
        .Descendants("PropertyGroup").Elements()
        .Where(property => Properties.Contains(property.Name.LocalName))
        .Select(property => (property.Name.LocalName, property.Value));

    // As an MSBuild SDK, as a package reference, and on a command line.
    [GeneratedRegex(@"EnvelopeSdk(?:\.\w+)*(?:/|""\s+Version=""|@|\s+--version\s+|::)(\d+\.[\w.+-]*\w)")]
    private static partial Regex Mention();
}
