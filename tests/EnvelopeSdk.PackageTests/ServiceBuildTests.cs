using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class ServiceBuildTests(Products products)
{
    [Theory]
    [InlineData("My.Diamond.Service")]
    [InlineData("my-diamond-service")]
    [InlineData("my diamond service")]
    [InlineData("2nd-service")]
    public async Task The_service_template_builds_and_serves_under_every_name_a_project_can_have(string name)
    {
        var project = await products.NewAsync("envelope-service", name, "--envelope", "diamond-price");

        var output = await products.RunAsync(project, "dotnet", "build");

        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
        using var service = await RunningService.StartAsync(products, project);
        Assert.Equal(200, (await service.PostAsync("predict", products.HeldOut[0].Input.GetRawText())).Status);
    }

    [Fact]
    public async Task A_service_can_be_made_of_a_name_with_a_digest()
    {
        var saved = (await products.Store.ListAsync("diamond-price"))[0];
        var project = await products.NewAsync("envelope-service", "Pinned", "--envelope", saved.ToString());

        var output = await products.RunAsync(project, "dotnet", "build");

        Assert.Contains(saved.ToString(), output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a & b.envelope")]
    [InlineData("models/diamond.envelope")]
    public async Task A_service_can_be_made_of_a_file_beside_it(string path)
    {
        var project = await products.NewAsync("envelope-service", "FromFile", "--envelope", path);
        var file = Path.Combine(project, "..", path); // where the command was run
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await EnvelopeArchive.ExportAsync(await products.Store.OpenAsync("diamond-price"), EnvelopeJournal.Empty, file);

        await products.RunAsync(project, "dotnet", "build");

        using var service = await RunningService.StartAsync(products, project);
        Assert.Equal(200, (await service.PostAsync("predict", products.HeldOut[0].Input.GetRawText())).Status);
    }

    [Fact]
    public async Task A_second_build_compiles_nothing_and_writes_nothing()
    {
        var project = await products.NewAsync("envelope-service", "Twice", "--envelope", "diamond-price");
        await products.RunAsync(project, "dotnet", "build");
        var before = Written(project);

        var output = await products.RunAsync(project, "dotnet", "build", "-v:detailed");

        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"VerifyEnvelopePackages\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Equal(before, Written(project));
    }

    [Fact]
    public async Task A_published_service_has_its_envelope_with_it_and_knows_which_it_is()
    {
        var project = await products.NewAsync("envelope-service", "Published", "--envelope", "diamond-price");

        await products.RunAsync(project, "dotnet", "publish", "-o", "out");

        var content = await UnpackedEnvelope.OpenAsync(Path.Combine(project, "out", "envelope"));
        Assert.Equal("diamond-price", content.Record.Name);
        Assert.False(Directory.Exists(Path.Combine(project, "out", "envelope", "code")));
        var program = await File.ReadAllBytesAsync(Path.Combine(project, "out", "Published.dll"));
        Assert.True(program.AsSpan().IndexOf(Encoding.Unicode.GetBytes($"{content.Reference}")) > 0); // a string of the metadata
    }

    [Fact]
    public async Task State_lies_once_in_a_project_and_follows_its_envelope()
    {
        var project = await products.NewAsync("envelope-service", "Linked", "--envelope", "diamond-price");
        await products.RunAsync(project, "dotnet", "publish", "-o", "out");
        var states = Directory.EnumerateFiles(project, "model.zip", SearchOption.AllDirectories).ToArray();
        var inodes = await products.RunAsync(project, ["stat", "-c", "%i", .. states]);

        Assert.Equal(3, states.Length); // unpacked, built and published
        Assert.Single(inodes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct());

        var file = Path.Combine(project, "Linked.csproj");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(
            "\"diamond-price\"", $"\"{GoldenEnvelopes.PathOf(GoldenEnvelopes.Names.Last(name => name.Contains("golden-pooled", StringComparison.Ordinal)))}\"", StringComparison.Ordinal));
        await products.RunAsync(project, "dotnet", "publish", "-o", "out");
        await (await UnpackedEnvelope.OpenAsync(Path.Combine(project, "out", "envelope"))).OpenAsync("state/pipeline/model.zip");
        await (await products.Store.OpenAsync("diamond-price")).VerifyAsync();
    }

    private static List<(string Path, DateTime Time)> Written(string project) =>
    [
        .. Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".cache", StringComparison.Ordinal)) // what NuGet and MSBuild note for themselves
            .Order(StringComparer.Ordinal).Select(path => (path, File.GetLastWriteTimeUtc(path))),
    ];
}
