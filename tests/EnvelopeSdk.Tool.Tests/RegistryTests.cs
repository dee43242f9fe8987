using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using static EnvelopeSdk.Tool.Tests.ToolRun;

namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope registry</c> as a process, and the command as its client.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RegistryTests
{
    [Theory]
    [InlineData("--batch-claim", "data"), InlineData("--pull-secret", "me"), InlineData("--service-url", "http://{0}")]
    public async Task What_is_said_of_a_cluster_is_refused_where_none_is_named(string option, string value)
    {
        using var tool = new ToolRun();

        var refused = await tool.RunAsync("registry", option, value);

        Assert.Equal(2, refused.Code);
        Assert.Contains($"{option} says something of a cluster, and no cluster is named.", refused.Error, StringComparison.Ordinal);
    }

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
    public async Task Content_of_a_team_without_a_database_that_knows_it_is_refused()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        var refused = await tool.RunAsync("registry", "--blobs", tool.At("blobs"));

        Assert.Equal(2, refused.Code);
        Assert.Contains("--database 'Host=", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.At("blobs")));
    }

    [Fact]
    public async Task A_store_may_begin_with_what_comes_through_its_registry()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        Assert.Equal(0, (await tool.RunAsync("export", ToolRun.Name, tool.At("kept.envelope"))).Code);
        tool.Home = tool.At("not/there/yet");
        Assert.Equal(3, (await tool.RunAsync("list")).Code); // as nothing says that this is meant

        using var registry = tool.Start("registry", "--urls", "http://127.0.0.1:0");
        try
        {
            tool.Home = (await AddressAsync(registry)).GetLeftPart(UriPartial.Authority);
            Assert.Equal(0, (await tool.RunAsync("import", tool.At("kept.envelope"))).Code);
        }
        finally
        {
            await EndAsync(registry);
        }

        tool.Home = tool.At("not/there/yet");
        Assert.Equal(0, (await tool.RunAsync("verify", ToolRun.Name)).Code);
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
            Assert.Equal("", (await tool.RunAsync("metric", ToolRun.Name, "r2=0.875")).Error);
            var listed = await tool.RunAsync("list", "--tag", "team=pricing", "--metric", "r2>0.5", "--json");
            Assert.Equal(ToolRun.Name, (string)listed.Json["envelopes"]![0]!["name"]!);
            Assert.Contains("pricing", (await tool.RunAsync("show", ToolRun.Name, "--history")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await tool.RunAsync("verify", ToolRun.Name)).Code);
            Assert.Equal(0, (await tool.RunAsync("export", ToolRun.Name, tool.At("out.envelope"))).Code);
            Assert.Equal(0, (await tool.RunAsync("gc", ToolRun.Name, "--keep", "1")).Code);

            var told = await tool.RunAsync("watch", ToolRun.Name, "--after", "0", "--count", "2", "--json");
            var read = await tool.RunAsync("watch", ToolRun.Name, "--after", "0", "--count", "1");
            Assert.Matches($"  {ToolRun.Name}@sha256:[0-9a-f]{{64}}", read.Output); // to paste into other commands
            Assert.All(told.Output.TrimEnd().Split('\n'), line => OutputSchema.Holds("watch", JsonNode.Parse(line)!));
            Assert.Contains("\"value\":\"pricing\"", told.Output, StringComparison.Ordinal);
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

    [Fact]
    public async Task A_webhook_and_a_backup_are_made_beside_the_registry()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var made = await tool.RunAsync("registry", "webhook", "add", "https://ci.example/hook", "--kind", "saved", "--json");
        OutputSchema.Holds("registryWebhook", made.Json);
        Assert.StartsWith("whsec_", (string)made.Json["secret"]!, StringComparison.Ordinal);
        Assert.Equal(0, (await tool.RunAsync("registry", "backup", tool.At("backup.db"))).Code);
        Assert.Equal(0, (await tool.RunAsync("registry", "webhook", "remove", (string)made.Json["id"]!)).Code);
        Assert.Empty((await tool.RunAsync("registry", "webhook", "list", "--json")).Json["webhooks"]!.AsArray());

        Assert.Equal(0, (await tool.RunAsync("registry", "restore", tool.At("backup.db"))).Code);

        var listed = await tool.RunAsync("registry", "webhook", "list", "--json");
        OutputSchema.Holds("registryWebhooks", listed.Json);
        Assert.Single(listed.Json["webhooks"]!.AsArray());
        Assert.Equal(2, (await tool.RunAsync("watch")).Code); // a directory tells nobody
    }

    [Fact]
    public async Task Settings_beside_it_hold_where_no_option_is_given()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        await File.WriteAllTextAsync(tool.At("appsettings.json"), """{"Registry":{"Urls":"nowhere"}}""");
        Assert.StartsWith("error: 'nowhere'", (await tool.RunAsync("registry")).Error, StringComparison.Ordinal);
        Assert.StartsWith("error: 'elsewhere'", (await tool.RunAsync("registry", "--urls", "elsewhere")).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(tool.At("appsettings.json"), """{"Registry":{"Url":"nowhere"}}""");
        Assert.Contains("'Registry:Url'", (await tool.RunAsync("registry")).Error, StringComparison.Ordinal);
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

    [Fact]
    public async Task Who_logs_in_is_known_from_then_on_until_the_key_is_forgotten()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var other = new ToolRun();
        var key = (await tool.RunAsync("registry", "key", "add", "ci", "--role", "save", "--json")).Json["key"]!;
        using var registry = tool.Start("registry", "--urls", "http://127.0.0.1:0");
        try
        {
            var host = (await AddressAsync(registry)).Authority;
            Assert.Equal(5, (await other.RunAsync("pull", $"oci://{host}/{ToolRun.Name}:latest")).Code);
            var wrong = await other.SendAsync($"{key}0", "login", host, "--key-stdin");
            Assert.Equal(2, wrong.Code);
            Assert.DoesNotContain((string)key!, wrong.Error, StringComparison.Ordinal);
            var login = await other.SendAsync((string)key!, "login", $"http://{host}", "--key-stdin", "--json");
            OutputSchema.Holds("login", login.Json);
            Assert.Equal("ci", (string?)login.Json["name"]);
            Assert.Equal(0, (await other.RunAsync("pull", $"oci://{host}/{ToolRun.Name}:latest")).Code);
            var file = Assert.Single(Directory.EnumerateFiles(other.At("settings/envelope/registries")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

            var logout = await other.RunAsync("logout", host, "--json");
            OutputSchema.Holds("logout", logout.Json);
            Assert.True((bool)logout.Json["wasLoggedIn"]!);
            Assert.Equal(5, (await other.RunAsync("pull", $"oci://{host}/{ToolRun.Name}:latest")).Code);
            Assert.Equal(2, (await other.SendAsync((string)key!, "login", "http://registry.example", "--key-stdin")).Code);
        }
        finally
        {
            await EndAsync(registry);
        }
    }

    [Fact]
    public async Task Who_listens_where_a_killed_registry_did_is_not_sent_its_token()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var registry = tool.Start("registry", "--urls", "http://127.0.0.1:0");
        var address = await AddressAsync(registry);
        registry.Kill();
        await registry.WaitForExitAsync();
        Assert.Single(Directory.EnumerateFiles(tool.At("settings/envelope/registries"), "127.0.0.1_*.token"));
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://{address.Authority}/");
        listener.Start();
        var sent = new List<string?>();
        async Task AnswerAsync()
        {
            while (await listener.GetContextAsync() is var context)
            {
                sent.Add(context.Request.Headers["Authorization"]);
                context.Response.Headers["WWW-Authenticate"] = "Basic realm=\"envelope registry\"";
                context.Response.StatusCode = 401;
                context.Response.Close();
            }
        }

        _ = AnswerAsync();
        var ran = await tool.RunAsync("show", $"oci://{address.Authority}/team/model:v1");

        Assert.Equal(5, ran.Code);
        Assert.NotEmpty(sent);
        Assert.All(sent, Assert.Null);
    }

    [Fact]
    public async Task The_first_administrator_is_made_by_the_command_that_the_refusal_names()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        string[] registry = ["registry", "--urls", "http://0.0.0.0:0"];
        var refused = await tool.RunAsync(registry);
        Assert.Empty(refused.Output);
        Assert.Single(refused.Error.TrimEnd().Split('\n'));
        var command = refused.Error.TrimEnd().Split("on this machine: envelope ")[1].Split(' ');
        var made = await tool.RunAsync([.. command, "--json"]);
        OutputSchema.Holds("registryKey", made.Json);
        var limited = await tool.RunAsync("registry", "key", "add", "ci", "--role", "save", "--name", "golden-*", "--expires", "90d");
        Assert.Matches(@"^envk_\w+\n\z", limited.Output); // alone, for a script
        Assert.Contains("not shown again", limited.Error, StringComparison.Ordinal);
        var listed = await tool.RunAsync("registry", "key", "list", "--json");
        OutputSchema.Holds("registryKeys", listed.Json);
        Assert.Equal("golden-*", (string?)listed.Json["keys"]![0]!["pattern"]);
        Assert.DoesNotContain((string)made.Json["key"]!, listed.Output, StringComparison.Ordinal);
        OutputSchema.Holds("registryKey", (await tool.RunAsync("registry", "key", "revoke", "ci", "--json")).Json);
        Assert.Equal(3, (await tool.RunAsync("registry", "key", "revoke", "ci")).Code);

        using var process = tool.Start(registry);
        try
        {
            var address = new Uri((await AddressAsync(process)).ToString().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Authorization = new("Bearer", (string)made.Json["key"]!);
            Assert.Contains("administer", await client.GetStringAsync(new Uri(address, "/api/me")), StringComparison.Ordinal);
            client.DefaultRequestHeaders.Authorization = new("Bearer", limited.Output.TrimEnd());
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(address, "/api/me"))).StatusCode);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    [Theory]
    [InlineData("--expires", "soon")]
    [InlineData("--role", "king")]
    [InlineData("--name", "UPPER")]
    public async Task What_a_key_cannot_be_is_one_line_that_names_it(string option, string value)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var ran = await tool.RunAsync("registry", "key", "add", "x", "--role", "read", option, value);

        Assert.Equal(2, ran.Code);
        Assert.Contains($"'{value}'", ran.Error, StringComparison.Ordinal);
    }
}
