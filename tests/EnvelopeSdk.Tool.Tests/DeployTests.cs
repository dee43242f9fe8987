using System.Runtime.Versioning;
using System.Security.Cryptography;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope deploy</c> and <c>envelope rollback</c>.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DeployTests
{
    [Fact]
    public async Task What_is_deployed_is_followed_until_it_is_live_and_its_address_is_the_answer()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        using var deploy = registry.Tool.Start("deploy", ToolRun.Name);
        Assert.Contains("made with the usual settings", await deploy.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains("  requested by ", await deploy.StandardError.ReadLineAsync(), StringComparison.Ordinal);

        registry.Become(1, DeploymentState.Building, "It is new.");
        Assert.EndsWith("  building: It is new.", await deploy.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        registry.Become(1, DeploymentState.Live);

        Assert.EndsWith("  live", (await deploy.StandardError.ReadToEndAsync()).TrimEnd(), StringComparison.Ordinal);
        Assert.Equal($"{DeployingRegistry.Url}/{ToolRun.Name}\n", await deploy.StandardOutput.ReadToEndAsync());
        await deploy.WaitForExitAsync();
        Assert.Equal(0, deploy.ExitCode);
    }

    [Fact]
    public async Task A_configuration_that_is_named_is_made_where_it_is_not_there()
    {
        await using var registry = await DeployingRegistry.StartAsync();

        var asked = await registry.Tool.RunAsync("deploy", ToolRun.Name, "--to", "pricing", "--no-wait", "--json");

        OutputSchema.Holds("deploy", asked.Json);
        Assert.Equal("pricing", (string?)asked.Json["deployment"]!["configuration"]);
        Assert.Equal($"{DeployingRegistry.Url}/pricing", (string?)asked.Json["url"]);
    }

    [Fact]
    public async Task What_a_deployment_waits_for_is_told_once_however_its_count_goes_on()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        using var deploy = registry.Tool.Start("deploy", ToolRun.Name);
        await deploy.StandardError.ReadLineAsync();
        await deploy.StandardError.ReadLineAsync();
        registry.Become(1, DeploymentState.Canary);
        Assert.EndsWith("  canary", await deploy.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        registry.Explain(1, "It waits for more: 3 of 50.");
        Assert.Equal("  It waits for more: 3 of 50.", await deploy.StandardError.ReadLineAsync());
        registry.Explain(1, "It waits for more: 4 of 50.");
        await Task.Delay(TimeSpan.FromSeconds(1)); // it looks several times
        registry.Become(1, DeploymentState.Live);

        Assert.DoesNotContain("4 of 50", await deploy.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_ends_with_the_reason_and_a_code()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(registry.Tool.At("key.pub"), key.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(0, (await registry.Tool.RunAsync("configuration", "set", ToolRun.Name, "--signed-by", "key.pub")).Code);
        registry.LetGo();

        var failed = await registry.Tool.RunAsync("deploy", ToolRun.Name);
        var json = await registry.Tool.RunAsync("deploy", ToolRun.Name, "--json");

        Assert.Equal((1, ""), (failed.Code, failed.Output));
        Assert.Contains($"error: The deployment 1 of '{ToolRun.Name}' is failed: ", failed.Error, StringComparison.Ordinal);
        Assert.Contains("/gates/signedBy/0", failed.Error, StringComparison.Ordinal);
        OutputSchema.Holds("error", json.Json);
        Assert.Equal((1, "mismatch"), (json.Code, (string?)json.Json["error"]!["code"]));
    }

    [Fact]
    public async Task Who_ends_the_waiting_does_not_end_the_deployment()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        using var deploy = registry.Tool.Start("deploy", ToolRun.Name);
        await deploy.StandardError.ReadLineAsync();
        await deploy.StandardError.ReadLineAsync();

        await ToolRun.EndAsync(deploy);

        Assert.Equal(130, deploy.ExitCode);
        Assert.StartsWith("The deployment 1 goes on", await deploy.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        var shown = await registry.Tool.RunAsync("deployment", "show", ToolRun.Name, "1", "--json");
        Assert.Equal(DeploymentState.Requested, (string?)shown.Json["deployment"]!["state"]);
    }

    [Fact]
    public async Task All_that_is_live_with_another_platform_or_configuration_is_deployed_again()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        var old = await registry.DeployAsync("old");
        await registry.DeployAsync("changed");
        await registry.DeployAsync("current");
        registry.Age(old);
        Assert.Equal(0, (await registry.Tool.RunAsync("configuration", "set", "changed", "--replicas", "2")).Code);

        string[] renew = ["deploy", "--all", "--platform", "--no-wait", "--json"];
        var renewed = await registry.Tool.RunAsync(renew);
        var again = await registry.Tool.RunAsync(renew);

        Assert.Equal(0, renewed.Code);
        OutputSchema.Holds("deployAll", renewed.Json);
        var made = renewed.Json["deployments"]!.AsArray().Select(one => one!["deployment"]!).ToList();
        Assert.Equal(["changed", "old"], made.Select(one => (string?)one["configuration"]));
        Assert.All(made, one => Assert.Equal(DeployingRegistry.Platform, (string?)one["platform"]));
        Assert.Equal(2, (long)made[0]["version"]!);
        OutputSchema.Holds("deployAll", again.Json);
        Assert.Equal((1, 0), (again.Code, again.Json["deployments"]!.AsArray().Count)); // they are under way
        Assert.Equal(["changed", "old"], again.Json["passedOver"]!.AsArray().Select(one => (string?)one!["configuration"]));
    }

    [Fact]
    public async Task A_dry_run_writes_what_a_cluster_is_given_and_deploys_nothing()
    {
        await using var registry = await DeployingRegistry.StartAsync();

        var dry = await registry.Tool.RunAsync("deploy", ToolRun.Name, "--dry-run", "-o", "yaml");

        Assert.Equal(0, dry.Code);
        foreach (var kind in (string[])["NetworkPolicy", "Service", "Deployment", "HorizontalPodAutoscaler"])
        {
            Assert.Contains($"\nkind: {kind}\n", dry.Output, StringComparison.Ordinal);
        }

        Assert.Matches($"image: .*/services/{ToolRun.Name}:[0-9a-f]{{32}}-", dry.Output);
        Assert.Equal("There is no configuration.\n", (await registry.Tool.RunAsync("configuration", "list")).Output);
    }

    [Theory]
    [InlineData("deploy", "diamond-price", "--dry-run")]
    [InlineData("deploy", "diamond-price", "-o", "yaml")]
    [InlineData("deploy", "diamond-price", "--dry-run", "-o", "json")]
    [InlineData("deploy", "--all", "--platform", "--dry-run", "-o", "yaml")]
    public async Task A_dry_run_needs_an_envelope_and_the_form_that_is_wanted(params string[] arguments)
    {
        await using var registry = await DeployingRegistry.StartAsync();
        Assert.Equal(2, (await registry.Tool.RunAsync(arguments)).Code);
    }

    [Fact]
    public async Task Where_all_is_as_it_should_be_nothing_is_deployed_again()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        await registry.DeployAsync();

        var ran = await registry.Tool.RunAsync("deploy", "--all", "--platform");

        Assert.Equal((0, "All that is live has the platform and the configuration that hold now.\n"), (ran.Code, ran.Output));
    }

    [Fact]
    public async Task A_rollback_brings_back_what_ran_before_and_another_one_cancels_it()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        Assert.Equal(3, (await registry.Tool.RunAsync("rollback", ToolRun.Name)).Code);
        await registry.DeployAsync();
        Assert.Equal(1, (await registry.Tool.RunAsync("rollback", ToolRun.Name)).Code); // there is nothing before it
        await registry.Tool.RunAsync("configuration", "set", ToolRun.Name, "--env", "THREADS=4");
        var running = await registry.DeployAsync();

        var back = await registry.Tool.RunAsync("rollback", ToolRun.Name, "--no-wait", "--json");
        var cancelled = await registry.Tool.RunAsync("rollback", ToolRun.Name, "--json");

        OutputSchema.Holds("rollback", back.Json);
        Assert.Equal(running, (long)back.Json["deployment"]!["takesBack"]!);
        OutputSchema.Holds("rollback", cancelled.Json);
        Assert.Equal((running, 0), ((long)cancelled.Json["deployment"]!["id"]!, cancelled.Code));
        var listed = (await registry.Tool.RunAsync("deployment", "list", ToolRun.Name, "--limit", "1", "--json")).Json;
        Assert.Equal(DeploymentState.Cancelled, (string?)Assert.Single(listed["deployments"]!.AsArray())!["state"]);
    }

    [Fact]
    public async Task What_is_not_there_is_not_deployed_and_no_configuration_is_made_for_it()
    {
        await using var registry = await DeployingRegistry.StartAsync();

        Assert.Equal(3, (await registry.Tool.RunAsync("deploy", "no-such")).Code);
        Assert.Equal(3, (await registry.Tool.RunAsync("deploy", "no-such", "--to", "pricing")).Code);

        Assert.Equal("There is no configuration.\n", (await registry.Tool.RunAsync("configuration", "list")).Output);
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("deploy", "--all")]
    [InlineData("deploy", "--platform")]
    [InlineData("deploy", ToolRun.Name, "--all", "--platform")]
    [InlineData("deploy", "--to", "pricing", "--all", "--platform")]
    public async Task What_is_deployed_is_named_or_it_is_all(params string[] arguments)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var refused = await tool.RunAsync(arguments);

        Assert.Equal(2, refused.Code);
        Assert.Contains("Name an envelope, or give --all and --platform", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy", ToolRun.Name)]
    [InlineData("rollback", ToolRun.Name)]
    [InlineData("deployment", "list", ToolRun.Name)]
    [InlineData("configuration", "list")]
    [InlineData("rule", "list")]
    public async Task A_directory_deploys_nothing(params string[] arguments)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var refused = await tool.RunAsync(arguments);

        Assert.Equal(2, refused.Code);
        Assert.StartsWith($"error: '{tool.Store}' is a directory, which deploys nothing.", refused.Error, StringComparison.Ordinal);
    }
}
