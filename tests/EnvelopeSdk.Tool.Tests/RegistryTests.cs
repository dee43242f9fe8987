using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;

namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope registry</c> as a process, and the command as its client.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RegistryTests
{
    [Fact]
    public async Task The_printed_address_opens_the_page_and_the_command_finds_the_token_by_itself()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var registry = tool.Start("registry", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await AddressAsync(registry);
            using var browser = new HttpClient();
            using var stranger = new HttpClient();
            Assert.Contains(ToolRun.Name, await browser.GetStringAsync(address), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(address, "/tags"))).StatusCode);

            var place = $"oci://{address.Authority}/team/model:v1";
            Assert.Equal("", (await tool.RunAsync("push", ToolRun.Name, place)).Error);
            Assert.Contains(ToolRun.Name, (await tool.RunAsync("show", place)).Output, StringComparison.Ordinal);
            Assert.NotEmpty(Directory.EnumerateFiles(tool.At("settings/envelope/registries"), "127.0.0.1_*"));
        }
        finally
        {
            await EndAsync(registry);
        }

        Assert.Equal(0, registry.ExitCode);
        Assert.Equal("", await registry.StandardError.ReadToEndAsync());
        Assert.Empty(Directory.EnumerateFiles(tool.At("settings/envelope/registries"), "127.0.0.1_*"));
    }

    [Fact]
    public async Task A_registry_is_the_store_of_the_command_as_a_directory_is()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var registry = tool.Start("registry", "--urls", "http://127.0.0.1:0");
        try
        {
            tool.Home = (await AddressAsync(registry)).GetLeftPart(UriPartial.Authority);

            Assert.Equal("", (await tool.RunAsync("tag", ToolRun.Name, "team=pricing")).Error);
            Assert.Equal("", (await tool.RunAsync("metric", ToolRun.Name, "r2=0.75")).Error);
            var listed = await tool.RunAsync("list", "--tag", "team=pricing", "--metric", "r2>0.5", "--json");
            Assert.Equal(ToolRun.Name, (string)listed.Json["envelopes"]![0]!["name"]!);
            Assert.Contains("pricing", (await tool.RunAsync("show", ToolRun.Name, "--history")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await tool.RunAsync("verify", ToolRun.Name)).Code);
            Assert.Equal(0, (await tool.RunAsync("export", ToolRun.Name, tool.At("out.envelope"))).Code);
            Assert.Equal(0, (await tool.RunAsync("gc", ToolRun.Name, "--keep", "1")).Code);

            var refused = await tool.RunAsync("registry");
            Assert.Equal(2, refused.Code);
            Assert.Contains($"'{tool.Home}'", refused.Error, StringComparison.Ordinal);
            Assert.Equal(2, (await tool.RunAsync("doctor")).Code);
        }
        finally
        {
            await EndAsync(registry);
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("nowhere")]
    public async Task An_address_that_it_does_not_listen_on_is_one_line_with_the_cure(string urls)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var ran = await tool.RunAsync("registry", "--urls", urls);

        Assert.Equal(2, ran.Code);
        Assert.StartsWith($"error: '{urls}'", ran.Error, StringComparison.Ordinal);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
    }

    private static async Task<Uri> AddressAsync(Process registry)
    {
        while (await registry.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.TrimStart().StartsWith("http://", StringComparison.Ordinal))
            {
                return new(line.Trim());
            }
        }

        throw new InvalidOperationException(await registry.StandardError.ReadToEndAsync());
    }

    /// <summary>As a service manager does.</summary>
    private static async Task EndAsync(Process registry)
    {
        using var kill = Process.Start("kill", ["-TERM", registry.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await registry.WaitForExitAsync();
    }
}
