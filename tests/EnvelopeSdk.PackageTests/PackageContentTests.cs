using System.IO.Compression;
using System.Xml.Linq;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class PackageContentTests(Products products)
{
    public static TheoryData<string> Packages =>
    [
        "EnvelopeSdk", "EnvelopeSdk.Runtime", "EnvelopeSdk.Storage", "EnvelopeSdk.Serving", "EnvelopeSdk.Service", "EnvelopeSdk.Batch",
        "EnvelopeSdk.MLNet", "EnvelopeSdk.Templates", "EnvelopeSdk.Tool",
    ];

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Each_package_has_a_readme_the_mit_licence_and_repository_data(string id)
    {
        await using var package = await OpenAsync(id, "nupkg");
        var specification = package.Entries.Single(entry => entry.FullName == id + ".nuspec");
        await using var stream = await specification.OpenAsync();
        var metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata").Elements().ToLookup(element => element.Name.LocalName);

        Assert.Equal("MIT", metadata["license"].Single().Value);
        Assert.Equal("git", metadata["repository"].Single().Attribute("type")?.Value);
        Assert.NotEmpty(metadata["repository"].Single().Attribute("url")!.Value);
        Assert.NotEmpty(metadata["description"].Single().Value);
        var readme = package.GetEntry(metadata["readme"].Single().Value)!;
        Assert.True(readme.Length > 300, $"The readme of {id} has {readme.Length} bytes.");
    }

    [Theory]
    [InlineData("EnvelopeSdk")]
    [InlineData("EnvelopeSdk.Runtime")]
    [InlineData("EnvelopeSdk.Storage")]
    [InlineData("EnvelopeSdk.Serving")]
    [InlineData("EnvelopeSdk.Service")]
    [InlineData("EnvelopeSdk.Batch")]
    [InlineData("EnvelopeSdk.MLNet")]
    [InlineData("EnvelopeSdk.Tool")]
    public async Task Each_package_of_code_has_its_symbols(string id)
    {
        await using var symbols = await OpenAsync(id, "snupkg");

        Assert.Contains(symbols.Entries, entry => entry.FullName.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sdk_package_has_the_generator_the_analyzers_the_code_fixes_and_the_build_targets()
    {
        await using var package = await OpenAsync("EnvelopeSdk", "nupkg");
        var files = package.Entries.Select(entry => entry.FullName).ToList();

        Assert.Contains("analyzers/dotnet/cs/EnvelopeSdk.Generators.dll", files);
        Assert.Contains("analyzers/dotnet/cs/EnvelopeSdk.Analyzers.dll", files);
        Assert.Contains("analyzers/dotnet/cs/EnvelopeSdk.CodeFixes.dll", files);
        Assert.Contains("build/EnvelopeSdk.targets", files);
        Assert.Contains("tools/net10.0/EnvelopeSdk.Build.dll", files);
        Assert.DoesNotContain(files, file => file.StartsWith("analyzers/", StringComparison.Ordinal) && file.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_package_of_the_container_has_its_format()
    {
        await using var package = await OpenAsync("EnvelopeSdk.Storage", "nupkg");

        Assert.Equal(
            ["format/FORMAT.md", "format/envelope.schema.json", "format/journal-event.schema.json"],
            package.Entries.Select(entry => entry.FullName).Where(file => file.StartsWith("format/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private async Task<ZipArchive> OpenAsync(string id, string extension) => await ZipFile.OpenReadAsync(
        Directory.EnumerateFiles(products.Workspace.Feed, $"{id}.?.*.{extension}").Single());
}
