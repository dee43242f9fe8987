namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope rule</c>.</summary>
public sealed class RuleTests
{
    [Fact]
    public async Task A_rule_is_made_listed_and_removed()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        var tool = registry.Tool;
        await tool.RunAsync("configuration", "set", "pricing");

        var made = await tool.RunAsync(
            "rule", "set", "pricing", "newest", "--tag", "team=pricing", "--tag", "stage=production", "--metric", "r2>0.9",
            "--name", ToolRun.Name, "--by", "ci", "--json");
        var all = await tool.RunAsync("rule", "list", "--json");
        var own = await tool.RunAsync("rule", "list", "pricing");

        OutputSchema.Holds("rule", made.Json);
        Assert.Equal(
            $$"""{"name":"{{ToolRun.Name}}","tags":{"team":"pricing","stage":"production"},"metrics":["r2\u003E0.9"],"by":["ci"]}""",
            made.Json["settings"]!.ToJsonString());
        OutputSchema.Holds("rules", all.Json);
        Assert.Single(all.Json["rules"]!.AsArray());
        Assert.StartsWith(
            $"pricing  newest  {ToolRun.Name}  team=pricing  stage=production  r2>0.9  by ci; set ", own.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await tool.RunAsync("rule", "remove", "pricing", "newest")).Code);
        Assert.Equal("There is no rule.\n", (await tool.RunAsync("rule", "list")).Output);
        Assert.Equal(3, (await tool.RunAsync("rule", "remove", "pricing", "newest")).Code);
        var unknown = await tool.RunAsync("rule", "list", "no-such");
        Assert.Equal(3, unknown.Code);
        Assert.Contains("'envelope configuration list'", unknown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("'envelope list'", unknown.Error, StringComparison.Ordinal); // which is for envelopes
    }

    [Fact]
    public async Task A_dry_run_says_what_a_rule_takes_and_would_have_taken_and_deploys_nothing()
    {
        await using var registry = await DeployingRegistry.StartAsync();
        var tool = registry.Tool;
        await tool.RunAsync("configuration", "set", "pricing");
        string[] dryRun = ["rule", "dry-run", "pricing", "--tag", "team=pricing"];
        var before = await tool.RunAsync(dryRun);
        await registry.SaveAsync();
        Assert.Equal(0, (await tool.RunAsync("tag", ToolRun.Name, "team=pricing")).Code);

        var now = await tool.RunAsync([.. dryRun, "--json"]);
        var text = await tool.RunAsync(dryRun);

        Assert.StartsWith("none  no envelope\n  No envelope fits", before.Output, StringComparison.Ordinal);
        OutputSchema.Holds("ruleDryRun", now.Json);
        Assert.Equal("deploy", (string?)now.Json["now"]!["action"]);
        Assert.Equal((string?)now.Json["now"]!["envelope"], (string?)Assert.Single(now.Json["history"]!.AsArray())!["envelope"]);
        Assert.Equal(3, text.Output.TrimEnd().Split('\n').Length);
        Assert.Equal("There is no deployment.\n", (await tool.RunAsync("deployment", "list", "pricing")).Output);
    }

    [Theory]
    [InlineData("set", "pricing", "newest", "--tag", "team-")]
    [InlineData("set", "pricing", "newest", "--tag", "team")]
    [InlineData("set", "pricing", "newest", "--tag", "team=pricing", "--metric", "good")]
    [InlineData("set", "pricing", "newest")]
    [InlineData("dry-run", "pricing", "--tag", "a=1", "--tag", "a=2")]
    public async Task A_rule_that_cannot_be_so_is_refused(params string[] arguments)
    {
        await using var registry = await DeployingRegistry.StartAsync();
        await registry.Tool.RunAsync("configuration", "set", "pricing");

        var refused = await registry.Tool.RunAsync(["rule", .. arguments]);
        Assert.Equal(2, refused.Code);
        Assert.DoesNotContain("take it away", refused.Error, StringComparison.Ordinal); // a rule takes no tag away
        Assert.Equal("There is no rule.\n", (await registry.Tool.RunAsync("rule", "list")).Output);
    }
}
