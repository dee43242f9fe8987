using System.Security.Cryptography;
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
    public async Task The_command_works_as_a_local_tool_and_without_being_installed()
    {
        var project = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "with-a-local-tool")).FullName;

        // The command line notes in the user's folder where it has a tool of a version, and keeps the note of a version that
        // another run packed and took away.
        var environment = new Dictionary<string, string>(products.Workspace.Environment) { ["DOTNET_CLI_HOME"] = Path.Combine(products.Workspace.Root, "cli-home") };
        Task<string> RunAsync(string directory, params string[] command) => Products.RunAsync(environment, directory, command);
        await RunAsync(project, "dotnet", "new", "tool-manifest");
        await RunAsync(project, "dotnet", "tool", "install", "EnvelopeSdk.Tool");
        Assert.Contains("diamond-price", await RunAsync(project, "dotnet", "envelope", "list"), StringComparison.Ordinal);

        // What dnx is short for.
        Assert.Contains("diamond-price", await RunAsync(products.Workspace.Root, "dotnet", "dnx", "EnvelopeSdk.Tool", "--yes", "--", "list"), StringComparison.Ordinal);
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
        Assert.Contains("has a value, and so has --file.", await RunAsync($"{tool} metric diamond-price loss=1 --file '{roc}' 2>&1; test $? = 2"), StringComparison.Ordinal);

        var history = await RunAsync($"{tool} show diamond-price --history");
        Assert.Matches($@"\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ  tag stage = a=b \(was test\)  by {Environment.UserName}", history);
        Assert.DoesNotContain("stage=", await RunAsync($"{tool} show diamond-price"), StringComparison.Ordinal);

        Assert.Contains("error: 'loss=1e999' is no metric.", await RunAsync($"{tool} metric diamond-price loss=1e999 2>&1; test $? = 2"), StringComparison.Ordinal);
        Assert.Contains("error: 'stage' does not say what to do with a tag.", await RunAsync($"{tool} tag diamond-price stage 2>&1; test $? = 2"), StringComparison.Ordinal);
        Assert.Contains("is a file, of which nothing is changed", await RunAsync($"{tool} tag '{file}' stage=x 2>&1; test $? = 2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_is_signed_and_verified_with_keys_and_what_is_not_is_an_error()
    {
        using var ada = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bob = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var directory = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "signed")).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "ada.pem"), ada.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(directory, "ada.pub"), ada.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(Path.Combine(directory, "bob.pub"), bob.ExportSubjectPublicKeyInfoPem());
        var bare = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "envelope.dll")}'";
        var tool = $"ENVELOPE_HOME='{directory}/store' {bare}";
        Task<string> RunAsync(string command) => products.RunAsync(directory, "sh", "-c", command);
        await RunAsync($"{bare} export diamond-price bare.envelope && {tool} import bare.envelope");

        Assert.Contains("it has no signature", await RunAsync($"{tool} verify diamond-price --key ada.pub 2>&1; test $? = 1"), StringComparison.Ordinal);
        Assert.DoesNotContain("Signatures", await RunAsync($"{tool} show diamond-price"), StringComparison.Ordinal);
        Assert.Contains("is signed as 'diamond-price', reviewer=ada=1 with", await RunAsync($"{tool} sign diamond-price --key ada.pem -a reviewer=ada=1"), StringComparison.Ordinal);
        Assert.Contains("was signed already", await RunAsync($"{tool} sign diamond-price --key ada.pem -a reviewer=ada=1"), StringComparison.Ordinal);
        Assert.Matches("Signatures +1, unchecked", await RunAsync($"{tool} show diamond-price"));

        await RunAsync($"{tool} export diamond-price signed.envelope");
        foreach (var reference in (string[])["diamond-price", "signed.envelope"])
        {
            Assert.Contains("It is signed as 'diamond-price', reviewer=ada=1 with the key 'ada.pub'", await RunAsync($"{tool} verify {reference} --key bob.pub --key ada.pub"), StringComparison.Ordinal);
            Assert.Contains("is by another key", await RunAsync($"{tool} verify {reference} --key bob.pub 2>&1; test $? = 1"), StringComparison.Ordinal);
        }

        Assert.Contains("error: 'reviewer' is no annotation", await RunAsync($"{tool} sign diamond-price --key ada.pem -a reviewer 2>&1; test $? = 2"), StringComparison.Ordinal);
        Assert.Contains("'--key' is required", await RunAsync($"{tool} sign diamond-price 2>&1; test $? = 2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_ends_with_0_for_the_same_schema_1_for_a_broken_one_and_3_for_none()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "envelope.dll");

        Assert.Contains("No difference", await products.RunAsync(products.Workspace.Root, "dotnet", tool, "diff", "diamond-price", "diamond-price"), StringComparison.Ordinal);
        Assert.Contains(
            "breaking",
            await products.RunAsync(products.Workspace.Root, "sh", "-c", $"dotnet '{tool}' diff diamond-price loan; test $? = 1"), StringComparison.Ordinal);
        Assert.Contains(
            "error: There is no envelope 'no-such'",
            await products.RunAsync(products.Workspace.Root, "sh", "-c", $"dotnet '{tool}' diff diamond-price no-such 2>&1; test $? = 3"), StringComparison.Ordinal);
        Assert.Contains(
            "Required argument missing",
            await products.RunAsync(products.Workspace.Root, "sh", "-c", $"dotnet '{tool}' diff diamond-price 2>&1; test $? = 2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_queried_trimmed_and_examined()
    {
        var store = Path.Combine(products.Workspace.Root, "queried-store");
        var command = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "envelope.dll")}'";
        var tool = $"ENVELOPE_HOME='{store}' {command}";
        var file = Path.Combine(products.Workspace.Root, "queried.envelope");
        Task<string> RunAsync(string line) => products.RunAsync(products.Workspace.Root, "sh", "-c", line);
        await RunAsync($"{command} export diamond-price '{file}'");
        var (code, error) = await products.TryRunAsync(products.Workspace.Root, "sh", "-c", $"{tool} list");
        Assert.Equal(1, code);
        Assert.StartsWith($"error: There is no envelope store at '{store}', which ENVELOPE_HOME names.", error, StringComparison.Ordinal);

        await RunAsync($"{tool} import '{file}' && {tool} tag diamond-price stage=live && {tool} metric diamond-price auc=0.7");
        var listed = await RunAsync($"{tool} list diamond-price --tag stage=live --tag draft- --metric 'auc>=0.7' --since 1000d --order auc-");
        Assert.StartsWith("diamond-price@sha256:", listed, StringComparison.Ordinal);
        Assert.Contains("stage=live", listed, StringComparison.Ordinal);
        Assert.Matches(@"\n  \d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ  ", listed);
        Assert.Contains("matches", await RunAsync($"{tool} list --tag stage=test"), StringComparison.Ordinal);
        var json = System.Text.Json.JsonDocument.Parse(await RunAsync($"{tool} list --json")).RootElement;
        Assert.Equal("live", json.GetProperty("envelopes")[0].GetProperty("tags").GetProperty("stage").GetString());
        Assert.Contains("'0.7' is no condition on a number", await RunAsync($"{tool} list --metric 0.7 2>&1; test $? = 2"), StringComparison.Ordinal);

        Assert.Contains("is sound", await RunAsync($"{tool} doctor"), StringComparison.Ordinal);
        File.Delete(Path.Combine(store, "layouts", "diamond-price", "saved"));
        Assert.Contains("Run 'envelope doctor --mend'", await RunAsync($"{tool} doctor; test $? = 1"), StringComparison.Ordinal);
        Assert.Contains("1 mended", await RunAsync($"{tool} doctor --mend"), StringComparison.Ordinal);

        Assert.Contains("0 files were removed", await RunAsync($"{tool} gc --keep 1 --keep-tagged stage=live"), StringComparison.Ordinal);
        Assert.Contains("--keep is a whole number from 1 to 2147483647, and '0' is none.", await RunAsync($"{tool} gc --keep 0 2>&1; test $? = 2"), StringComparison.Ordinal);
        Assert.Contains("Give the digest too", await RunAsync($"{tool} delete diamond-price 2>&1; test $? = 2"), StringComparison.Ordinal);
        var reference = listed.Split('\n')[0];
        Assert.Equal($"{reference} is deleted.", await RunAsync($"{tool} delete {reference}"));
        Assert.Contains("note: " + reference, await RunAsync($"{tool} doctor"), StringComparison.Ordinal);
        Assert.DoesNotContain("\n0 files", "\n" + await RunAsync($"{tool} gc"), StringComparison.Ordinal);
        Assert.Contains("There is no envelope in", await RunAsync($"{tool} list"), StringComparison.Ordinal);
    }
}
