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
