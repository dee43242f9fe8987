using System.Text.Json;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>
/// Envelopes that earlier versions wrote, in <c>Golden/FORMAT-CONTRACT</c>: one for each number of a format, contract, vocabulary or
/// codec that there ever was. They are never written again; a change of a number adds its own.
/// </summary>
internal static class GoldenEnvelopes
{
    private static string Root => Path.Combine(AppContext.BaseDirectory, "Golden");

    /// <summary>Those that every version serves, by their paths.</summary>
    public static IReadOnlyList<string> Names =>
    [
        .. Directory.EnumerateFiles(Root, "*.envelope", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.StartsWith("refused", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Served => [.. Names];

    public static string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Makes a service of an envelope, and has it answer each of its recorded examples.</summary>
    /// <param name="products">The packages of this tree.</param>
    /// <param name="workspace">Where the packages to use are installed; those of this tree if absent.</param>
    /// <param name="name">The envelope.</param>
    /// <returns>What differs from the record; nothing, when the envelope outlived the version that wrote it.</returns>
    public static async Task<IReadOnlyList<string>> ServeAsync(Products products, Workspace? workspace, string name)
    {
        workspace ??= products.Workspace;
        var path = PathOf(name);
        var project = await Products.NewAsync(workspace, "envelope-service", "GoldenService", "--envelope", path);
        await Products.RunAsync(workspace, project, "dotnet", "build");
        using var service = await RunningService.StartAsync(products, project);
        var examples = await (await EnvelopeArchive.OpenAsync(path)).Content.ReadExamplesAsync();
        Assert.NotEmpty(examples);
        var different = new List<string>();
        foreach (var example in examples)
        {
            var (status, body) = await service.PostAsync(example.Query, example.Input.GetRawText(), "application/json");
            if (status != 200 || !JsonElement.DeepEquals(JsonElement.Parse(body), example.Output))
            {
                different.Add($"{example.Query} {example.Input}: {status} {body} instead of {example.Output}");
            }
        }

        return different;
    }
}
