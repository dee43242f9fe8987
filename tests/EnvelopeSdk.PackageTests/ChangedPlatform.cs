using System.Text.RegularExpressions;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>
/// Packages of a later version whose internals are others: this tree, copied, with types, methods and namespaces renamed, new
/// members in the interface that models implement and in the pool that they call, schemas written otherwise, and a newer
/// version of a package that its packages and those of the models both bring. What it leaves alone is the contract.
/// </summary>
internal static partial class ChangedPlatform
{
    private const string Version = "0.99.0";

    /// <summary>What generated code of this version calls, and what a later one calls it.</summary>
    private static readonly (string Name, string Later)[] Renamed =
    [
        ("EnvelopeSdk.Binding.Reading", "EnvelopeSdk.Binding.Intake"),
        ("EnvelopeSdk.Binding.Writing", "EnvelopeSdk.Binding.Output"),
        ("JsonOutput", "JsonSink"),
        ("JsonInput", "JsonSource"),
        ("WriteRawName", "PutName"),
        ("BeginObject", "OpenObject"),
        ("WriteJsonAsync", "PutJsonAsync"),
        ("ReadJsonAsync", "TakeJsonAsync"),
        ("SchemaComparison", "SchemaDifference"),
    ];

    /// <summary>Copies and changes the tree, and packs it.</summary>
    /// <returns>The directory of the packages.</returns>
    public static async Task<string> PackAsync(Products products)
    {
        var repository = products.Workspace.Repository!;
        var copy = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "changed")).FullName;
        var files = await products.RunAsync(repository, "git", "ls-files", "--cached", "--others", "--exclude-standard");
        foreach (var file in files.Split('\n').Where(file => File.Exists(Path.Combine(repository, file))))
        {
            var target = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(repository, file), target);
            if (file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal))
            {
                await File.WriteAllTextAsync(target, Rename(await File.ReadAllTextAsync(target)));
            }
        }

        Change(copy, "Directory.Build.props", VersionPrefix(), $"<VersionPrefix>{Version}</VersionPrefix>");
        Change(
            copy, "src/EnvelopeSdk.Runtime/Authoring/IEnvelopeModel.cs", LastBrace(),
            "    /// <summary>Is new.</summary>\n    int Later => 1;\n\n    /// <summary>Is new.</summary>\n    static virtual int LaterStatic => 2;\n}\n");
        Change(
            copy, "src/EnvelopeSdk.MLNet/PredictionPool.cs", LastBrace(),
            "    /// <summary>Is new.</summary>\n    /// <param name=\"rows\">Rows.</param>\n    public void Predict(params TInput[] rows) => System.Array.ForEach(rows, row => Predict(row));\n}\n");
        Change(
            copy, "generators/EnvelopeSdk.Generators/Emission/SchemaText.cs", WrittenQueries(), "$\"\\\"later\\\":[1],\\\"queries\\\":");
        Change(copy, "Directory.Packages.props", TensorsVersion(), "Include=\"System.Numerics.Tensors\" Version=\"10.0.10\"");
        var feed = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "changed-feed")).FullName;
        await products.RunWithUsualCacheAsync(
            copy, "dotnet", "pack", SolutionFilter.WriteShipped(copy, copy), "-c", "Release", "-o", feed,
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"); // references in comments, and folders, are still called as they were
        return feed;
    }

    private static string Rename(string text) =>
        Renamed.Aggregate(text, (renamed, one) => renamed.Replace(one.Name, one.Later, StringComparison.Ordinal));

    private static void Change(string copy, string file, Regex place, string text)
    {
        var path = Path.Combine(copy, file);
        var before = File.ReadAllText(path);
        Assert.Single(place.Matches(before));
        File.WriteAllText(path, place.Replace(before, text.Replace("$", "$$", StringComparison.Ordinal)));
    }

    [GeneratedRegex("<VersionPrefix>[^<]*</VersionPrefix>")]
    private static partial Regex VersionPrefix();

    [GeneratedRegex("Include=\"System.Numerics.Tensors\" Version=\"[^\"]*\"")]
    private static partial Regex TensorsVersion();

    [GeneratedRegex("^}\\s*\\z", RegexOptions.Multiline)]
    private static partial Regex LastBrace();

    [GeneratedRegex("\\$\"\\\\\"queries\\\\\":")]
    private static partial Regex WrittenQueries();
}
