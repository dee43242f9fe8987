using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>Envelopes of this version, served by a later one that kept nothing of it but the contract.</summary>
[Collection(ProductsCollection.Name)]
public sealed class ChangedPlatformTests(Products products)
{
    [Fact]
    public async Task Envelopes_are_served_by_packages_whose_internals_were_changed()
    {
        using var later = Workspace.Create(Path.Combine(products.Workspace.Root, "later"), await ChangedPlatform.PackAsync(products));
        var templates = Directory.EnumerateFiles(later.Feed, "EnvelopeSdk.Templates.*.nupkg").Single();
        await Products.RunAsync(later, later.Root, "dotnet", "new", "install", templates, "--debug:custom-hive", later.Hive);

        Assert.Contains("0.99.0", templates, StringComparison.Ordinal);
        foreach (var name in GoldenEnvelopes.Names)
        {
            Assert.Empty(await GoldenEnvelopes.ServeAsync(products, later, name));
        }
    }
}
