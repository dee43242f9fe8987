using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope configuration</c>.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task Options_change_single_settings_and_the_others_stay()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        var tool = registry.Tool;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(tool.At("key.pub"), key.ExportSubjectPublicKeyInfoPem());

        await SetAsync(
            tool, "--replicas", "2", "--canary", "10:60,50:0", "--memory", "512", "--approval", "--tolerance", "0.001",
            "--metric", "r2:higher:0.01", "--metric", "a:b:lower", "--signed-by", "key.pub", "--env", "THREADS=4",
            "--env", "GONE=1", "--secret", "API_KEY=pricing-key", "--runtime", "container", "--base-image", "host:5000/base:1",
            "--self-contained");
        var settings = await SetAsync(tool, "--replicas", "3", "--env", "GONE-", "--metric", "r2:higher:0.5", "--memory", "0");

        Assert.Equal(3, (int)settings["replicas"]!);
        Assert.Equal("container", (string?)settings["runtime"]);
        Assert.Equal("""{"base":"host:5000/base:1","selfContained":true}""", settings["image"]!.ToJsonString());
        Assert.Equal("""[{"percent":10,"seconds":60},{"percent":50,"seconds":0}]""", settings["strategy"]!["steps"]!.ToJsonString());
        Assert.Null(settings["limits"]!["memoryMegabytes"]);
        Assert.True((bool)settings["needsApproval"]!);
        Assert.Equal(0.001, (double)settings["gates"]!["tolerance"]!);
        Assert.Equal(
            """[{"name":"a:b","better":"lower","margin":0},{"name":"r2","better":"higher","margin":0.5}]""",
            settings["gates"]!["metrics"]!.ToJsonString());
        Assert.Equal(key.ExportSubjectPublicKeyInfoPem(), (string?)settings["gates"]!["signedBy"]![0]);
        Assert.Equal("""{"THREADS":"4"}""", settings["environment"]!.ToJsonString());
        Assert.Equal("""{"API_KEY":"pricing-key"}""", settings["secrets"]!.ToJsonString());
    }

    [Fact]
    public async Task What_show_prints_is_a_file_that_set_takes_in_place_of_all_that_was_there()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        var tool = registry.Tool;
        await SetAsync(tool, "--replicas", "5", "--canary", "10:60");
        await File.WriteAllTextAsync(tool.At("5.json"), (await tool.RunAsync("configuration", "show", "pricing")).Output);
        await File.WriteAllTextAsync(tool.At("usual.json"), "{}");

        var usual = await SetAsync(tool, "usual.json", "--approval");
        var back = await SetAsync(tool, "5.json");

        Assert.Equal((1, 0, true), ((int)usual["replicas"]!, usual["strategy"]!["steps"]!.AsArray().Count, (bool)usual["needsApproval"]!));
        Assert.Equal((5, 1, false), ((int)back["replicas"]!, back["strategy"]!["steps"]!.AsArray().Count, (bool)back["needsApproval"]!));
    }

    [Fact]
    public async Task Gates_steps_and_approval_are_taken_away_again()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(registry.Tool.At("key.pub"), key.ExportSubjectPublicKeyInfoPem());
        await SetAsync(registry.Tool, "--canary", "10:60", "--signed-by", "key.pub", "--metric", "r2:higher", "--approval");

        var settings = await SetAsync(
            registry.Tool, "--canary", "none", "--signed-by", "none", "--metric", "r2-", "--approval", "false");

        Assert.Empty(settings["strategy"]!["steps"]!.AsArray());
        Assert.Empty(settings["gates"]!["signedBy"]!.AsArray());
        Assert.Empty(settings["gates"]!["metrics"]!.AsArray());
        Assert.False((bool)settings["needsApproval"]!);
    }

    [Fact]
    public async Task They_are_listed_with_what_runs_and_removed()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        await registry.DeployAsync();

        var listed = await registry.Tool.RunAsync("configuration", "list", "--json");
        var text = await registry.Tool.RunAsync("configuration", "list");

        OutputSchema.Holds("configurations", listed.Json);
        var one = Assert.Single(listed.Json["configurations"]!.AsArray())!;
        Assert.Equal(DeployingRegistry.Platform, (string?)one["platform"]);
        Assert.Equal("live", (string?)one["live"]!["state"]);
        Assert.Contains($"\n  live: 1  live  {ToolRun.Name}@sha256:", text.Output, StringComparison.Ordinal);
        Assert.Null(one["traffic"]); // nobody has counted
        var removed = await registry.Tool.RunAsync("configuration", "remove", ToolRun.Name);
        Assert.Equal(0, removed.Code);
        Assert.Contains($"What ran, {ToolRun.Name}@sha256:", removed.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await registry.Tool.RunAsync("configuration", "show", ToolRun.Name)).Code);
    }

    [Fact]
    public async Task It_is_shown_what_they_did_in_the_last_hour()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        registry.Answer(await registry.DeployAsync(), requests: 4);

        var shown = await registry.Tool.RunAsync("configuration", "show", ToolRun.Name, "--json");
        var listed = await registry.Tool.RunAsync("configuration", "list");

        OutputSchema.Holds("configuration", shown.Json);
        Assert.Equal(
            (4, 0, 2.5),
            ((int)shown.Json["traffic"]!["requests"]!, (int)shown.Json["traffic"]!["failed"]!,
                (double)shown.Json["traffic"]!["medianMilliseconds"]!));
        Assert.Matches(
            @"\n  since .*: 4 requests, 0 failed; half within 2\.5 ms, 95 % within 2\.95 ms", listed.Output);
    }

    [Fact]
    public async Task Of_answers_that_took_longer_than_is_measured_that_is_told_and_no_time()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        registry.Answer(await registry.DeployAsync(), requests: 4, isSlow: true);

        var shown = await registry.Tool.RunAsync("configuration", "show", ToolRun.Name, "--json");
        var listed = await registry.Tool.RunAsync("configuration", "list");

        Assert.Equal(30_000, (double)shown.Json["traffic"]!["p95Milliseconds"]!);
        Assert.Contains("half over 30000 ms, 95 % over 30000 ms", listed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--canary", "10")]
    [InlineData("--canary", "50:1,10:1")]
    [InlineData("--metric", "r2")]
    [InlineData("--metric", "r2:higher:much")]
    [InlineData("--tolerance", "0,5")]
    [InlineData("--env", "THREADS")]
    [InlineData("--replicas", "0")]
    [InlineData("--runtime", "docker")]
    [InlineData("--base-image", "a b")]
    public async Task A_setting_that_cannot_be_so_is_refused_and_nothing_is_made(string option, string value)
    {
        await using var registry = await DeployingRegistry.StartAsync();

        var refused = await registry.Tool.RunAsync("configuration", "set", "pricing", option, value);

        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.Single(refused.Error.TrimEnd().Split('\n'));
        Assert.Equal("There is no configuration.\n", (await registry.Tool.RunAsync("configuration", "list")).Output);
    }

    [Theory]
    [InlineData("{\"replica\":2}")]
    [InlineData("{\"gates\":null}")]
    [InlineData("{\"replicas\":1,\"replicas\":2}")]
    [InlineData("null")]
    [InlineData("[")]
    public async Task A_file_that_holds_no_settings_is_refused(string text)
    {
        await using var registry = await DeployingRegistry.StartAsync();
        await File.WriteAllTextAsync(registry.Tool.At("settings.json"), text);

        var refused = await registry.Tool.RunAsync("configuration", "set", "pricing", "settings.json");

        Assert.Equal(2, refused.Code);
        Assert.StartsWith($"error: '{registry.Tool.At("settings.json")}' ", refused.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> SetAsync(ToolRun tool, params string[] options)
    {
        var ran = await tool.RunAsync(["configuration", "set", "pricing", .. options, "--json"]);
        Assert.True(ran.Code == 0, ran.Error);
        OutputSchema.Holds("configuration", ran.Json);
        return ran.Json["settings"]!;
    }
}
