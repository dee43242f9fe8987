using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Gateway.Tests;
using EnvelopeSdk.Tests.Distribution;
using Microsoft.AspNetCore.Http;
using static EnvelopeSdk.Tool.Tests.ToolRun;

namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope gateway</c> as a process, which is told its routes and asked how it does.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GatewayTests
{
    private static readonly string[] Listens = ["gateway", "--urls", "http://127.0.0.1:0"];

    [Fact]
    public async Task What_it_forwards_is_in_its_status_and_it_ends_well_when_it_is_told_to()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        await using var service = await StandInService.StartAsync("well");
        using var gateway = tool.Start(Listens);
        try
        {
            using var caller = new HttpClient { BaseAddress = await AddressAsync(gateway) };
            Assert.Contains("'envelope registry' tells it its routes", await gateway.StandardOutput.ReadLineAsync());
            Assert.Contains("Nothing is live.", (await tool.RunAsync("gateway", "status")).Output, StringComparison.Ordinal);
            await RouteAsync(tool.At("store/registry/gateway"), 3, service.Address);

            Assert.Equal("well", await caller.GetStringAsync("diamond-price/predict"));

            var told = await tool.RunAsync("gateway", "status");
            Assert.Contains("\ndiamond-price\n  7: 1 requests, 0 failures, 0 faults, 0 unreached, 0 given up, 0 in flight; half within ", told.Output, StringComparison.Ordinal);
            var json = (await tool.RunAsync("gateway", "status", "--json")).Json;
            OutputSchema.Holds("gatewayStatus", json);
            Assert.Equal((3, 1), ((int)json["revision"]!, (int)json["versions"]![0]!["requests"]!));
            Assert.NotNull(json["versions"]![0]!["p99Milliseconds"]);
        }
        finally
        {
            await EndAsync(gateway);
        }

        Assert.Equal((0, ""), (gateway.ExitCode, await gateway.StandardError.ReadToEndAsync()));
        var gone = await tool.RunAsync("gateway", "status", "--json");
        OutputSchema.Holds("error", gone.Json);
        Assert.Equal(5, gone.Code);
    }

    [Fact]
    public async Task A_version_that_leaves_is_marked_until_its_last_request_has_ended()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        var (came, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var service = await StandInService.StartAsync(context =>
        {
            came.SetResult();
            return goOn.Task;
        });
        using var gateway = tool.Start(Listens);
        try
        {
            using var caller = new HttpClient { BaseAddress = await AddressAsync(gateway) };
            await RouteAsync(tool.At("store/registry/gateway"), 1, service.Address);
            var slow = caller.GetAsync("diamond-price/predict");
            await came.Task;
            await RouteAsync(tool.At("store/registry/gateway"), 2);

            var told = await tool.RunAsync("gateway", "status");
            var leaves = (await tool.RunAsync("gateway", "status", "--json")).Json;

            Assert.Contains("  7 (leaving): 0 requests, 0 failures, 0 faults, 0 unreached, 0 given up, 1 in flight\n", told.Output, StringComparison.Ordinal);
            OutputSchema.Holds("gatewayStatus", leaves);
            Assert.True((bool)leaves["versions"]![0]!["isLeaving"]!);
            goOn.SetResult();
            Assert.True((await slow).IsSuccessStatusCode);
        }
        finally
        {
            goOn.TrySetResult();
            await EndAsync(gateway);
        }
    }

    [Fact]
    public async Task A_second_gateway_of_a_directory_is_refused_and_says_what_to_do()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var gateway = tool.Start([.. Listens, "--directory", "mine"]);
        try
        {
            await AddressAsync(gateway);

            var refused = await tool.RunAsync([.. Listens, "--directory", tool.At("mine")]);

            Assert.Equal((5, ""), (refused.Code, refused.Output));
            Assert.StartsWith($"error: A gateway runs in '{tool.At("mine")}' already. End it", refused.Error, StringComparison.Ordinal);
            Assert.Equal(0, (await tool.RunAsync("gateway", "status", "--directory", "mine")).Code);
            Assert.False(Directory.Exists(tool.At("store/registry")));
        }
        finally
        {
            await EndAsync(gateway);
        }
    }

    [Fact]
    public async Task It_is_known_by_the_certificate_that_it_is_given()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var authority = new TestAuthority();
        authority.Certify(IPAddress.Loopback, tool.At("server.pem"), tool.At("server.key"));
        await using var service = await StandInService.StartAsync(context => context.Response.WriteAsync(context.Request.Headers["X-Forwarded-Proto"]!));
        using var gateway = tool.Start(
            "gateway", "--urls", "https://127.0.0.1:0", "--certificate", "server.pem", "--certificate-key", "server.key");
        try
        {
            using var expected = X509CertificateLoader.LoadCertificateFromFile(tool.At("server.pem"));
            using var handler = new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == expected.Thumbprint,
            };
            using var caller = new HttpClient(handler) { BaseAddress = await AddressAsync(gateway) };
            await RouteAsync(tool.At("store/registry/gateway"), 1, service.Address);

            Assert.Equal("https", await caller.GetStringAsync("diamond-price/predict"));
        }
        finally
        {
            await EndAsync(gateway);
        }
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_one_line_with_the_cure()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var refused = await tool.RunAsync("gateway", "--urls", "https://127.0.0.1:0", "--certificate", "none.pem");

        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.StartsWith("error: The certificate 'none.pem' cannot be used", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("", 3, "There is no envelope store at")]
    [InlineData("https://registry.example", 2, "'https://registry.example'")]
    public async Task Without_a_store_on_this_machine_its_directory_has_to_be_named_and_no_store_is_made(
        string home, int code, string says)
    {
        using var tool = new ToolRun { Home = home };
        foreach (var arguments in (string[][])[Listens, ["gateway", "status"]])
        {
            var refused = await tool.RunAsync(arguments);

            Assert.Equal((code, ""), (refused.Code, refused.Output));
            Assert.Contains(says, refused.Error, StringComparison.Ordinal);
            Assert.Contains("--directory DIR", refused.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(tool.Store));
    }

    /// <summary>Lets a version have all requests, or lets the route have none.</summary>
    private static async Task RouteAsync(string directory, long revision, params string[] replicas)
    {
        using var client = new GatewayClient(directory);
        Assert.True(await client.ReplaceAsync(
            new(revision, [new("diamond-price", replicas.Length == 0 ? [] : [new("7", 100, replicas)])])));
    }
}
