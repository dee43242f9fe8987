using System.Diagnostics;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.PackageTests.Feeds;

/// <summary>The commands, run as a user runs them.</summary>
public sealed class FeedCommandTests : IDisposable
{
    private static readonly string Pooled =
        GoldenEnvelopes.PathOf(GoldenEnvelopes.Names.Last(name => name.Contains("pooled", StringComparison.Ordinal)));

    private static readonly string Loan =
        GoldenEnvelopes.PathOf(GoldenEnvelopes.Names.Last(name => name.Contains("loan", StringComparison.Ordinal)));

    private readonly string _folder = Directory.CreateTempSubdirectory("feeds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Verify_ends_with_1_when_a_package_is_on_no_feed_and_with_0_when_all_are()
    {
        var (code, output) = await RunAsync("verify", Pooled, "--feeds", "--source", _folder);
        Assert.Equal(1, code);
        Assert.Contains("is sound", output, StringComparison.Ordinal);
        Assert.Matches(@"Microsoft\.ML +│ 5\.0\.1 +│ missing: no feed has it", output);
        Assert.Contains("packages: 0 can be had, 13 missing.", output, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("verify", Loan, "--feeds", "--source", _folder)).Code); // it has no packages
        Assert.Equal(0, (await RunAsync("verify", Pooled)).Code);
    }

    [Fact]
    public async Task Options_for_feeds_without_feeds_are_refused()
    {
        var (code, output) = await RunAsync("verify", Pooled, "--fail-on", "vulnerable");

        Assert.Equal(2, code);
        Assert.Contains("Give --feeds as well.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sbom_prints_CycloneDX_and_writes_SPDX_to_a_file()
    {
        var file = Path.Combine(_folder, "loan.spdx.json");

        Assert.Equal("1.6", (string?)JsonNode.Parse((await RunAsync("sbom", Loan)).Output)!["specVersion"]);
        Assert.Equal(0, (await RunAsync("sbom", Loan, "--format", "spdx", "-o", file)).Code);
        Assert.Equal("SPDX-2.3", (string?)JsonNode.Parse(await File.ReadAllTextAsync(file))!["spdxVersion"]);
        Assert.Equal(2, (await RunAsync("sbom", Loan, "--format", "swid")).Code);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "envelope.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
