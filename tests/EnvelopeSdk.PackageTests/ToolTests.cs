namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class ToolTests(Products products)
{
    [Fact]
    public async Task The_installed_tool_lists_shows_checks_exports_and_imports()
    {
        var path = Path.Combine(products.Workspace.Root, "tools");
        await products.RunAsync(products.Workspace.Root, "dotnet", "tool", "install", "EnvelopeSdk.Tool", "--tool-path", path);
        var envelope = Path.Combine(path, "envelope");
        var file = Path.Combine(products.Workspace.Root, "exported.envelope");
        var other = Path.Combine(products.Workspace.Root, "other-store");

        Assert.Contains("diamond-price", await products.RunAsync(path, envelope, "list"), StringComparison.Ordinal);
        Assert.Contains("predict(carat, cut", await products.RunAsync(path, envelope, "show", "diamond-price"), StringComparison.Ordinal);
        Assert.Contains("is sound", await products.RunAsync(path, envelope, "verify", "diamond-price"), StringComparison.Ordinal);
        await products.RunAsync(path, envelope, "export", "diamond-price", file);
        await products.RunAsync(path, "env", $"ENVELOPE_HOME={other}", envelope, "import", file);

        Assert.Equal((await products.Store.OpenAsync("diamond-price")).Digest, (await EnvelopeStore.Open(other).OpenAsync("diamond-price")).Digest);
    }

    [Fact]
    public async Task An_unknown_envelope_is_one_line_that_says_what_there_is()
    {
        var (code, output) = await products.TryRunAsync(products.Workspace.Root, "dotnet", Path.Combine(AppContext.BaseDirectory, "envelope.dll"), "show", "no-such");

        Assert.NotEqual(0, code);
        Assert.StartsWith("error: There is no envelope 'no-such'", output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Tags_and_metrics_are_changed_and_their_history_is_shown()
    {
        var store = Path.Combine(products.Workspace.Root, "labelled-store");
        var tool = $"ENVELOPE_HOME='{store}' dotnet '{Path.Combine(AppContext.BaseDirectory, "envelope.dll")}'";
        var file = Path.Combine(products.Workspace.Root, "labelled.envelope");
        Task<string> RunAsync(string command) => products.RunAsync(products.Workspace.Root, "sh", "-c", command);
        await RunAsync($"dotnet '{Path.Combine(AppContext.BaseDirectory, "envelope.dll")}' export diamond-price '{file}' && {tool} import '{file}'");

        Assert.EndsWith("\n  tag stage = test", await RunAsync($"{tool} tag diamond-price stage=test"), StringComparison.Ordinal);
        Assert.EndsWith("\n  tag stage = a=b (was test)", await RunAsync($"{tool} tag diamond-price stage=a=b"), StringComparison.Ordinal);
        Assert.EndsWith("\n  tag stage taken away (was a=b)", await RunAsync($"{tool} tag diamond-price stage- draft-"), StringComparison.Ordinal);
        Assert.Contains("It is so already.", await RunAsync($"{tool} tag diamond-price stage-"), StringComparison.Ordinal);
        Assert.EndsWith("\n  metric loss at step 7 = 0.001", await RunAsync($"{tool} metric diamond-price loss=1e-3 --step 7"), StringComparison.Ordinal);
        Assert.EndsWith("\n  metric loss at step 7 = NaN (was 0.001)", await RunAsync($"{tool} metric diamond-price loss=NaN --step 7"), StringComparison.Ordinal);

        var roc = Path.Combine(products.Workspace.Root, "roc.json");
        await File.WriteAllTextAsync(roc, """{"type":"roc-curve","falsePositiveRates":[0,1],"truePositiveRates":[0,1],"thresholds":[1,0]}""");
        Assert.EndsWith("\n  metric roc = ROC curve, area 0.5", await RunAsync($"{tool} metric diamond-price --file '{roc}'"), StringComparison.Ordinal);
        Assert.EndsWith("\n  metric other = ROC curve, area 0.5", await RunAsync($"{tool} metric diamond-price other --file '{roc}'"), StringComparison.Ordinal);
        Assert.Contains("\nroc\n  ROC curve, area 0.5\n  true positive rate\n", await RunAsync($"{tool} show diamond-price"), StringComparison.Ordinal);
        Assert.Contains("has a value, and so has --file.", await RunAsync($"{tool} metric diamond-price loss=1 --file '{roc}' 2>&1; test $? = 1"), StringComparison.Ordinal);

        var history = await RunAsync($"{tool} show diamond-price --history");
        Assert.Matches($@"\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ  tag stage = a=b \(was test\)  by {Environment.UserName}", history);
        Assert.DoesNotContain("stage=", await RunAsync($"{tool} show diamond-price"), StringComparison.Ordinal);

        Assert.Contains("error: 'loss=1e999' is no metric.", await RunAsync($"{tool} metric diamond-price loss=1e999 2>&1; test $? = 1"), StringComparison.Ordinal);
        Assert.Contains("error: 'stage' does not say what to do with a tag.", await RunAsync($"{tool} tag diamond-price stage 2>&1; test $? = 1"), StringComparison.Ordinal);
        Assert.Contains("is a file, of which nothing is changed", await RunAsync($"{tool} tag '{file}' stage=x 2>&1; test $? = 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_ends_with_0_for_the_same_schema_1_for_a_broken_one_and_2_for_none()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "envelope.dll");

        Assert.Contains("No difference", await products.RunAsync(products.Workspace.Root, "dotnet", tool, "diff", "diamond-price", "diamond-price"), StringComparison.Ordinal);
        Assert.Contains(
            "breaking",
            await products.RunAsync(products.Workspace.Root, "sh", "-c", $"dotnet '{tool}' diff diamond-price loan; test $? = 1"), StringComparison.Ordinal);
        Assert.Contains(
            "error: There is no envelope 'no-such'",
            await products.RunAsync(products.Workspace.Root, "sh", "-c", $"dotnet '{tool}' diff diamond-price no-such 2>&1; test $? = 2"), StringComparison.Ordinal);
        Assert.Contains(
            "Required argument missing",
            await products.RunAsync(products.Workspace.Root, "sh", "-c", $"dotnet '{tool}' diff diamond-price 2>&1; test $? = 2"), StringComparison.Ordinal);
    }
}
