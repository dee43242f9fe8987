namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class TrainingTests(Products products)
{
    [Fact]
    public async Task The_model_template_reaches_an_r2_of_at_least_0_97_on_held_out_rows()
    {
        var content = await products.Store.OpenAsync("diamond-price");

        Assert.InRange((await products.Store.ReadJournalAsync(content.Reference)).Labels.Metrics["r2"], 0.97, 1);
        Assert.Contains("R²", products.TrainingOutput, StringComparison.Ordinal);
        Assert.InRange(products.HeldOut.Count, 10_000, 11_500); // a fifth of 53,940
    }

    [Fact]
    public async Task The_envelope_holds_what_the_training_program_said_and_where_it_ran()
    {
        var content = await products.Store.OpenAsync("diamond-price");
        var record = content.Record;

        Assert.Equal("pricing", (await products.Store.ReadJournalAsync(content.Reference)).Labels.Tags["team"]);
        Assert.Equal(400, record.Hyperparameters["trees"].GetInt32());
        Assert.Equal(3, (await content.ReadExamplesAsync()).Count);
        Assert.NotNull(record.Provenance.Git);
        Assert.False(record.Provenance.Git.Dirty);
        Assert.StartsWith(".NET 10.", record.Provenance.Runtime, StringComparison.Ordinal);
        Assert.Equal("Weight in carats.", record.Schema.Queries.Single().Parameters[0].Description);
    }

    [Fact]
    public async Task The_envelope_holds_the_restored_packages_with_the_hashes_that_nuget_knows()
    {
        var packages = (await products.Store.OpenAsync("diamond-price")).Record.Packages.Packages;
        var fastTree = packages.Single(package => package.Id == "Microsoft.ML.FastTree");

        Assert.True(fastTree.Direct);
        Assert.Contains(packages, package => package is { Id: "Microsoft.ML.CpuMath", Direct: false });
        Assert.All(packages, package => Assert.Equal(64, Convert.FromBase64String(package.ContentHash).Length));
    }

    [Fact]
    public async Task The_envelope_holds_the_code_and_the_state_as_files_of_their_own()
    {
        var files = (await products.Store.OpenAsync("diamond-price")).Files.Select(file => file.Path);

        Assert.Equal(["code/DiamondPrice.dll", "envelope.json", "examples.json", "state/pipeline/model.zip"], files);
    }

    [Theory]
    [InlineData("My.Diamond.Model")]
    [InlineData("my-diamond-model")]
    [InlineData("my diamond model")]
    [InlineData("2nd-model")]
    public async Task The_model_template_builds_under_every_name_a_project_can_have(string name)
    {
        var project = await products.NewAsync("envelope-model", name);

        var output = await products.RunAsync(project, "dotnet", "build");

        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
    }
}
