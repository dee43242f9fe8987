using System.Text.RegularExpressions;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>
/// Makes a solution filter of the projects that packages are made of, so that packing need not restore the tests.
/// </summary>
internal static partial class SolutionFilter
{
    /// <summary>Writes the filter.</summary>
    /// <param name="repository">The source tree.</param>
    /// <param name="directory">Where to write it.</param>
    /// <returns>Its path.</returns>
    public static string WriteShipped(string repository, string directory)
    {
        var solution = Path.Combine(repository, "EnvelopeSdk.sln");
        var projects = ProjectPath().Matches(File.ReadAllText(solution))
            .Select(match => match.Groups[1].Value)
            .Where(project => !project.StartsWith("tests", StringComparison.Ordinal));
        var path = Path.Combine(directory, "EnvelopeSdk.Shipped.slnf");
        var quoted = string.Join(", ", projects.Select(Quote));
        File.WriteAllText(
            path, $$"""{ "solution": { "path": {{Quote(solution)}}, "projects": [{{quoted}}] } }""");
        return path;
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal)}\"";

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex ProjectPath();
}
