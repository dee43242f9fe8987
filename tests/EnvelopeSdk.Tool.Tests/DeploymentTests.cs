using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope deployment</c>.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public async Task What_needs_approval_waits_for_somebody_else_who_approves_it()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        var tool = registry.Tool;
        Assert.Equal(0, (await tool.RunAsync("configuration", "set", ToolRun.Name, "--approval")).Code);

        var asked = await tool.RunAsync("deploy", ToolRun.Name);
        var own = await tool.RunAsync("deployment", "approve", ToolRun.Name, "1");
        await BecomeAnotherAsync(tool);
        var others = await tool.RunAsync("deployment", "approve", ToolRun.Name, "1", "--json");

        Assert.Equal(0, asked.Code);
        Assert.Contains($"'envelope deployment approve {ToolRun.Name} 1'", asked.Output, StringComparison.Ordinal);
        Assert.Equal(1, own.Code);
        Assert.Contains("somebody else has to approve it", own.Error, StringComparison.Ordinal);
        OutputSchema.Holds("deployment", others.Json);
        Assert.Equal(
            (DeploymentState.Approved, "ada"), ((string?)others.Json["state"], (string?)others.Json["approvedBy"]));
    }

    [Theory]
    [InlineData("reject", DeploymentState.Rejected)]
    [InlineData("cancel", DeploymentState.Cancelled)]
    public async Task What_waits_is_ended(string command, string state)
    {
        await using var registry = await DeployingRegistry.StartAsync();
        await registry.Tool.RunAsync("configuration", "set", ToolRun.Name, "--approval");
        await registry.Tool.RunAsync("deploy", ToolRun.Name);

        var ended = await registry.Tool.RunAsync("deployment", command, ToolRun.Name, "1", "--json");

        OutputSchema.Holds("deployment", ended.Json);
        Assert.Equal((0, state), (ended.Code, (string?)ended.Json["state"]));
        Assert.Equal(1, (await registry.Tool.RunAsync("deployment", command, ToolRun.Name, "1")).Code);
    }

    [Fact]
    public async Task A_canary_is_promoted_and_nothing_else()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        await registry.Tool.RunAsync("deploy", ToolRun.Name, "--no-wait");
        Assert.Equal(1, (await registry.Tool.RunAsync("deployment", "promote", ToolRun.Name, "1")).Code);
        registry.Become(1, DeploymentState.Canary);

        var promoted = await registry.Tool.RunAsync("deployment", "promote", ToolRun.Name, "1");

        Assert.StartsWith($"1  switched  {ToolRun.Name}  {ToolRun.Name}@sha256:", promoted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deployed_is_listed_and_shown_and_what_served_at_a_time_is_said()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        var tool = registry.Tool;
        await registry.DeployAsync();
        var served = DateTime.UtcNow;
        await registry.DeployAsync();

        var listed = await tool.RunAsync("deployment", "list", ToolRun.Name, "--json");
        var shown = await tool.RunAsync("deployment", "show", ToolRun.Name, "2", "--json");
        var text = await tool.RunAsync("deployment", "show", ToolRun.Name, "2");
        var log = await tool.RunAsync("deployment", "log", ToolRun.Name, "2", "--json");
        var then = await tool.RunAsync("deployment", "served", ToolRun.Name, $"{served:O}", "--json");

        OutputSchema.Holds("deployments", listed.Json);
        Assert.Equal(["live", "retired"], listed.Json["deployments"]!.AsArray().Select(one => (string?)one!["state"]));
        OutputSchema.Holds("deploymentHistory", shown.Json);
        Assert.Equal(["requested", "live"], shown.Json["steps"]!.AsArray().Select(one => (string?)one!["state"]));
        Assert.EndsWith("Z  live", text.Output.TrimEnd(), StringComparison.Ordinal);
        OutputSchema.Holds("deploymentLog", log.Json);
        OutputSchema.Holds("deployment", then.Json);
        Assert.Equal(1, (long)then.Json["id"]!);
        Assert.Equal(3, (await tool.RunAsync("deployment", "served", ToolRun.Name, "2020-01-01")).Code);
        Assert.Equal(2, (await tool.RunAsync("deployment", "served", ToolRun.Name, "then")).Code);
        Assert.Equal(3, (await tool.RunAsync("deployment", "show", ToolRun.Name, "9")).Code);
    }

    /// <summary>From then on the command is somebody else, who may deploy.</summary>
    private static async Task BecomeAnotherAsync(ToolRun tool)
    {
        var registry = tool.Home;
        tool.Home = tool.Store;
        var made = await tool.RunAsync("registry", "key", "add", "ada", "--role", "deploy");
        (tool.Home, tool.Key) = (registry, made.Output.TrimEnd());
    }
}
