using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>What keys let in, whatever database they lie in.</summary>
public abstract class KeyContract
{
    private const string Blobs = "/v2/team/thing/blobs/uploads/";

    private static readonly string[] Read = [Role.Read, Role.Save, Role.Deploy, Role.Administer];
    private static readonly string[] Save = [Role.Save, Role.Administer];
    private static readonly string[] Deploy = [Role.Deploy, Role.Administer];
    private static readonly string[] Administer = [Role.Administer];

    /// <summary>What needs which role; {digest} is that of the newest golden-linear.</summary>
    private static readonly (string Method, string Path, string? Body, string[] Roles)[] Table =
    [
        ("GET", "/api/envelopes", null, Read),
        ("GET", "/api/envelopes/golden-linear", null, Read),
        ("GET", "/api/envelopes/golden-linear/{digest}/history", null, Read),
        ("GET", "/api/compare?envelope=golden-linear&envelope=golden-pooled", null, Read),
        ("GET", "/api/tags", null, Read),
        ("GET", "/api/me", null, Read),
        ("GET", "/", null, Read),
        ("GET", "/tags", null, Read),
        ("GET", "/envelopes/golden-linear", null, Read),
        ("GET", "/compare?envelope=golden-linear&envelope=golden-pooled", null, Read),
        ("GET", "/v2/", null, Read),
        ("GET", "/v2/_catalog", null, Read),
        ("GET", "/v2/golden-linear/tags/list", null, Read),
        ("GET", "/v2/golden-linear/manifests/latest", null, Read),
        ("PATCH", "/api/envelopes/golden-linear/{digest}/tags", """{"stage":"live"}""", Save),
        ("PUT", "/api/envelopes/golden-linear/{digest}/metrics/r2", """{"value":0.5}""", Save),
        ("POST", Blobs, "", Save),
        ("GET", "/api/scatter?y=r2", null, Read),
        ("GET", "/api/names", null, Read),
        ("GET", "/api/openapi.json", null, Read),
        ("GET", "/api/envelopes/golden-linear/{digest}/journal", null, Read),
        ("GET", "/api/envelopes/golden-linear/{digest}/signatures", null, Read),
        ("POST", "/api/envelopes/golden-linear/{digest}/journal", "{}", Save),
        ("PUT", "/api/envelopes/golden-linear/{digest}", "{}", Save),
        ("POST", "/api/collect", "", Administer),
        ("GET", "/api/audit", null, Administer),
        ("GET", "/audit", null, Administer),
        ("GET", "/api/webhooks", null, Administer),
        ("POST", "/api/webhooks", """{"url":"http://127.0.0.1:9/"}""", Administer),
        ("GET", "/api/keys", null, Administer),
        ("POST", "/api/keys", """{"name":"of {role}","roles":["read"]}""", Administer),
        ("GET", "/keys", null, Administer),
        ("DELETE", "/api/keys/of {role}", null, Administer),
        ("GET", "/api/configurations", null, Read),
        ("GET", "/api/configurations/golden-linear", null, Read),
        ("PUT", "/api/configurations/golden-linear", """{"replicas":2}""", Deploy),
        ("GET", "/api/configurations/golden-linear/versions", null, Read),
        ("GET", "/api/configurations/golden-linear/manifests?envelope=golden-linear", null, Read),
        ("GET", "/api/configurations/golden-linear/deployments", null, Read),
        ("PUT", "/api/configurations/golden-linear/rules/a", """{"name":"golden-linear","tags":{"a":"b"}}""", Deploy),
        ("GET", "/api/configurations/golden-linear/rules", null, Read),
        ("POST", "/api/configurations/golden-linear/dry-run", """{"name":"golden-linear","tags":{"a":"b"}}""", Read),
        ("DELETE", "/api/configurations/golden-linear/rules/a", null, Deploy),
        ("GET", "/api/batches", null, Read),
        ("GET", "/api/batches/golden-linear", null, Read),
        ("PUT", "/api/batches/golden-linear", """{"envelope":"golden-linear","input":"/a.csv","output":"/b.csv"}""", Deploy),
        ("GET", "/api/batches/golden-linear/versions", null, Read),
        ("GET", "/api/batches/golden-linear/runs", null, Read),
        ("PUT", "/api/batches/{role}", """{"envelope":"golden-linear","input":"/a.csv","output":"/b.csv"}""", Deploy),
        ("DELETE", "/api/batches/{role}", null, Deploy),
        ("DELETE", "/api/envelopes/golden-stacked/{stacked}", null, Save),
    ];

    /// <returns>How to connect to an empty database; null: files.</returns>
    protected abstract Task<string?> CreateDatabaseAsync();

    [DatabaseFact]
    public async Task Each_role_may_what_the_table_says_and_who_has_no_key_nothing()
    {
        await using var served = await StartAsync();
        foreach (var role in (string?[])[null, .. Role.All])
        {
            using var client = served.NewClient(role is null ? null : await served.AddKeyAsync(role, role));
            if (!(await OtherStore.NewestAsync(served.Store)).Any(one => one.Name == ServedStore.Stacked))
            {
                await Packing.EnvelopeArchive.ImportAsync(ServedStore.Golden(ServedStore.Stacked), served.Store);
            }

            foreach (var (method, path, body, roles) in Table)
            {
                using var answer = await SendAsync(served, client, method, path, body, role);
                var what = $"{role ?? "nobody"}: {method} {path} was answered {(int)answer.StatusCode}";
                Assert.True(
                    role is null ? answer.StatusCode == HttpStatusCode.Unauthorized
                    : roles.Contains(role) ? (int)answer.StatusCode is >= 200 and < 300
                    : answer.StatusCode == HttpStatusCode.Forbidden,
                    what + await answer.Content.ReadAsStringAsync());
            }
        }
    }

    [DatabaseFact]
    public async Task A_limited_key_finds_its_own_names_alone_and_cannot_tell_whether_there_are_others()
    {
        await using var served = await StartAsync();
        using var client = served.NewClient(await served.AddKeyAsync("limited", Role.Save, "golden-l*"));
        string[] other = [ServedStore.Stacked, "golden-none"];

        var list = await client.GetStringAsync("/api/envelopes?limit=1");
        Assert.Contains(ServedStore.Linear, list, StringComparison.Ordinal);
        Assert.Contains("\"next\":null", list, StringComparison.Ordinal);
        Assert.Equal("""{"repositories":["golden-linear"]}""", await client.GetStringAsync("/v2/_catalog"));
        Assert.DoesNotContain(ServedStore.Stacked, await client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("/tags\"", await client.GetStringAsync("/"), StringComparison.Ordinal);
        foreach (var (method, path, body, _) in Table.Where(one =>
            one.Path.Contains(ServedStore.Linear) && one.Roles.Contains(Role.Save)))
        {
            Assert.True(
                path.Contains("golden-pooled") || (await SendAsync(served, client, method, path, body)).IsSuccessStatusCode,
                path);
            foreach (var name in other)
            {
                using var answer = await SendAsync(
                    served, client, method, path.Replace(ServedStore.Linear, name, StringComparison.Ordinal), body);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} of {name}: {text}");
            }
        }

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/envelopes/golden-leaf")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/tags")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/tags")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(served, client, "POST", Blobs, "")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Accepted, (await SendAsync(served, client, "POST", Blobs.Replace("team/thing", "golden-l/x"), "")).StatusCode);
        Assert.Empty((await client.GetStringAsync("/api/envelopes?name=golden-stacked")).Split("sha256:")[1..]);
    }

    [DatabaseFact]
    public async Task What_the_store_knows_of_an_envelope_of_another_name_a_limited_key_does_not_read_through_its_repository()
    {
        await using var served = await StartAsync();
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var owner = other;
        await other.PushAsync(envelope, $"oci://{new Uri(served.Address).Authority}/shelf/one:v1");
        var tags = JsonNode.Parse(await served.Client.GetStringAsync("/v2/shelf/one/tags/list"))!["tags"]!.AsArray();
        var journal = tags.Single(one => ((string)one!).Contains("-store-", StringComparison.Ordinal));
        using var client = served.NewClient(await served.AddKeyAsync("limited", Role.Read, "shelf/*"));

        Assert.Equal("""{"name":"shelf/one","tags":["v1"]}""", await client.GetStringAsync("/v2/shelf/one/tags/list"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/v2/shelf/one/manifests/{journal}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v2/shelf/one/manifests/v1")).StatusCode);
        var manifest = JsonNode.Parse(await served.Client.GetStringAsync($"/v2/shelf/one/manifests/{journal}"))!;
        var lines = (string)manifest["layers"]![0]!["digest"]!;
        Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync($"/v2/shelf/one/blobs/{lines}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/v2/shelf/one/blobs/{lines}")).StatusCode);
        using var both = served.NewClient(await served.AddKeyAsync("both", Role.Read, "*l*"));
        Assert.Equal(HttpStatusCode.OK, (await both.GetAsync($"/v2/shelf/one/manifests/{journal}")).StatusCode);
    }

    [DatabaseFact]
    public async Task Unknown_wrong_expired_and_revoked_keys_are_told_the_same()
    {
        await using var served = await StartAsync();
        var good = await served.AddKeyAsync("good", Role.Read);
        var revoked = await served.AddKeyAsync("revoked", Role.Read);
        var answers = new HashSet<string>();
        string[] bad =
        [
            await AddExpiredAsync(served), revoked, KeyText.Make().Whole, good[..^1] + (good[^1] == 'a' ? 'b' : 'a'),
            good.ToUpperInvariant(), good + "0", KeyText.Prefix,
        ];
        using (var client = served.NewClient(revoked))
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/envelopes")).StatusCode);
            await served.RevokeKeyAsync("revoked");
        }

        foreach (var key in bad)
        {
            using var client = served.NewClient(key);
            using var answer = await client.GetAsync("/api/envelopes");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            answers.Add((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"]!);
        }

        Assert.Single(answers);
        using var known = served.NewClient();
        known.DefaultRequestHeaders.Authorization =
            new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{good}")));
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("/api/envelopes")).StatusCode);
    }

    [DatabaseFact]
    public async Task Changes_bear_the_name_of_the_key_and_the_audit_tells_of_keys_without_their_secrets()
    {
        await using var served = await StartAsync();
        var text = await served.AddKeyAsync("CI <b>", Role.Save);
        using var client = served.NewClient(text);
        await SendAsync(served, client, "PATCH", "/api/envelopes/golden-linear/{digest}/tags", """{"stage":"live"}""");
        await served.RevokeKeyAsync("CI <b>");

        var journal = await served.Store.ReadJournalAsync((await served.Store.OpenAsync(ServedStore.Linear)).Reference);
        Assert.Equal("CI <b>", journal.Events[^1].Who);
        await using var database = RecordsDatabase.Open(served.Options.Database, served.Directory);
        var records = await new AuditLog(database, TimeProvider.System).FindAsync(new(), 10, default);
        Assert.Equal(
            [("revoke-key", "command", "CI <b>"), ("tag", "key", "stage"), ("add-key", "command", "CI <b>")],
            records.Take(3).Select(one => (one.Change.Action, one.Via, one.Change.Subject!)));
        Assert.All(records, one => Assert.Equal("done", one.Outcome));
        var secret = text.Split('_')[^1];
        foreach (var table in (string[])["audit", "access_key"])
        {
            var rows = await database.ReadAsync(
                $"select * from {table}",
                row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)), default);
            Assert.NotEmpty(rows);
            Assert.All(rows, row => Assert.DoesNotContain(secret, row, StringComparison.Ordinal));
        }
    }

    [DatabaseFact]
    public async Task When_a_key_was_used_is_written_once_a_minute()
    {
        await using var database = RecordsDatabase.Open(await CreateDatabaseAsync(), Directory.CreateTempSubdirectory().FullName);
        await database.PrepareAsync(default);
        var clock = new SetClock();
        var keys = new KeyStore(database, new(database, clock), clock);
        var made = await keys.AddAsync(new("ada", "test"), new("k", [Role.Read]), default);
        async Task<DateTimeOffset?> UsedAsync(TimeSpan later)
        {
            clock.Now = CraftedStore.Noon + later;
            Assert.NotNull(await keys.FindAsync(made.Text, default));
            return (await keys.ListAsync(default)).Single().Used;
        }

        Assert.Equal(CraftedStore.Noon, await UsedAsync(TimeSpan.Zero));
        Assert.Equal(CraftedStore.Noon, await UsedAsync(TimeSpan.FromSeconds(59)));
        Assert.Equal(CraftedStore.Noon + TimeSpan.FromSeconds(60), await UsedAsync(TimeSpan.FromSeconds(60)));
    }

    [DatabaseFact]
    public async Task Of_several_keys_of_one_name_that_are_made_at_once_there_is_one()
    {
        await using var database = RecordsDatabase.Open(await CreateDatabaseAsync(), Directory.CreateTempSubdirectory().FullName);
        await database.PrepareAsync(default);
        var keys = new KeyStore(database, new(database, TimeProvider.System), TimeProvider.System);
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await keys.AddAsync(new("ada", "test"), new("k", [Role.Read]), default)).Text;
            }
            catch (EnvelopeException failure) when (failure.Message.StartsWith("There is a key 'k' already", StringComparison.Ordinal))
            {
                return null;
            }
        })));

        Assert.Single(made, one => one is not null);
        await keys.RevokeAsync(new("ada", "test"), "k", default);
        await keys.AddAsync(new("ada", "test"), new("k", [Role.Read]), default);
        Assert.Equal(2, (await keys.ListAsync(default)).Count);
    }

    [DatabaseFact]
    public async Task A_session_outlives_a_restart_holds_at_another_instance_and_ends_with_its_key()
    {
        var connection = await CreateDatabaseAsync();
        await using var served = await ServedStore.StartOpenAsync(options => options with { Database = connection }, ServedStore.Linear);
        var key = await served.AddKeyAsync("person", Role.Read);
        var cookie = await Session.BeginAsync(served.Address, key);
        Assert.Equal(HttpStatusCode.OK, await Session.GetAsync(served.Address, cookie, "/"));
        await using (var second = await RegistryServer.StartAsync(served.Options))
        {
            Assert.Equal(HttpStatusCode.OK, await Session.GetAsync(ServedStore.AddressOf(second), cookie, "/"));
        }

        await served.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, await Session.GetAsync(served.Address, cookie, "/"));
        Assert.Equal(HttpStatusCode.Redirect, await Session.GetAsync(served.Address, cookie + "0", "/"));
        await served.RevokeKeyAsync("person");
        Assert.Equal(HttpStatusCode.Redirect, await Session.GetAsync(served.Address, cookie, "/"));
    }

    private async Task<ServedStore> StartAsync()
    {
        var connection = await CreateDatabaseAsync();
        var served = await ServedStore.StartAsync(
            options => options with { Database = connection }, ServedStore.Linear, "golden-pooled", ServedStore.Stacked);
        using var configured = await SendAsync(
            served, served.Client, "PUT", $"/api/configurations/{ServedStore.Linear}", "{}");
        configured.EnsureSuccessStatusCode();
        using var batch = await SendAsync(
            served, served.Client, "PUT", $"/api/batches/{ServedStore.Linear}",
            """{"envelope":"golden-linear","input":"/in.csv","output":"/out.csv"}""");
        batch.EnsureSuccessStatusCode();
        return served;
    }

    /// <summary>A key that was made yesterday for an hour.</summary>
    private static async Task<string> AddExpiredAsync(ServedStore served)
    {
        await using var database = RecordsDatabase.Open(served.Options.Database, served.Directory);
        var clock = new SetClock { Now = DateTimeOffset.UtcNow.AddDays(-1) };
        var made = await new KeyStore(database, new(database, clock), clock).AddAsync(
            new("ada", "test"), new("expired", [Role.Read], null, clock.Now.AddHours(1)), default);
        return made.Text;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        ServedStore served, HttpClient client, string method, string path, string? body, string? role = null)
    {
        path = path.Replace("{digest}", await served.DigestAsync(ServedStore.Linear), StringComparison.Ordinal);
        if (path.Contains("{stacked}", StringComparison.Ordinal))
        {
            path = path.Replace("{stacked}", await served.DigestAsync(ServedStore.Stacked), StringComparison.Ordinal);
        }

        using var request = new HttpRequestMessage(new(method), path.Replace("{role}", role, StringComparison.Ordinal));
        request.Content = body is null
            ? null
            : new StringContent(body.Replace("{role}", role, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }
}

public sealed class SqliteKeyTests : KeyContract
{
    protected override Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);
}

[Collection(PostgresServer.Collection)]
public sealed class PostgresKeyTests(PostgresServer server) : KeyContract
{
    protected override async Task<string?> CreateDatabaseAsync() => await server.CreateDatabaseAsync();
}
