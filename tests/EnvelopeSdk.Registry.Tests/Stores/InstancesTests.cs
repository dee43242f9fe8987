using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Distribution;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Stores.Shared;
using EnvelopeSdk.Registry.Tests.Distribution;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>Two registries over one store.</summary>
[Collection(PostgresServer.Collection)]
public sealed class InstancesTests(PostgresServer server) : IAsyncLifetime
{
    private SharedPlace _place = null!;
    private ServedStore _one = null!;
    private ServedStore _other = null!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.WhySkipped is null)
        {
            _place = await SharedPlace.MakeAsync(server);
            _one = await ServedStore.StartAsync(_place, ServedStore.Linear);
            _other = await _one.StartBesideAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
    }

    [DatabaseFact("skopeo")]
    public async Task Skopeo_takes_from_one_what_it_put_into_the_other_byte_for_byte()
    {
        var (first, second) = (_one.At("first"), _one.At("second"));
        await SkopeoAsync($"docker://{HostOf(_one)}/golden-linear:latest", $"oci:{first}:v1");
        await SkopeoAsync($"oci:{first}:v1", $"docker://{HostOf(_other)}/team/model:v1");
        await SkopeoAsync($"docker://{HostOf(_one)}/team/model:v1", $"oci:{second}:v1");

        Assert.Equal(
            Directory.EnumerateFiles(first, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(first, path)).Order(),
            Directory.EnumerateFiles(second, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(second, path)).Order());
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(first, "index.json")), await File.ReadAllTextAsync(Path.Combine(second, "index.json")));
    }

    [DatabaseFact]
    public async Task An_upload_that_was_begun_at_one_goes_on_and_ends_at_the_other()
    {
        var (here, there) = (new TestRepository(_one, "team/model"), new TestRepository(_other, "team/model"));
        var digest = Digest.Of("0123456789"u8);
        var upload = await here.BeginAsync();
        await PatchAsync(here, upload, "0-3", "0123");
        await PatchAsync(there, upload, "4-6", "456");
        await PatchAsync(here, upload, "7-7", "7");
        using (var ended = await there.SendAsync(HttpMethod.Put, $"{upload}?digest={digest}", "89"u8.ToArray()))
        {
            Assert.Equal(HttpStatusCode.Created, ended.StatusCode);
        }

        using var got = await here.GetAsync($"blobs/{digest}");
        Assert.Equal("0123456789", await got.Content.ReadAsStringAsync());
        await TestRepository.RefusedAsync(here.GetAsync(upload), HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
    }

    [DatabaseFact]
    public async Task A_piece_that_hangs_at_one_does_not_count_when_the_other_went_on()
    {
        var (here, there) = (new TestRepository(_one, "team/model"), new TestRepository(_other, "team/model"));
        var upload = await here.BeginAsync();
        using (await RawHttp.SendAsync(
            _one.Address, $"PATCH {upload} HTTP/1.1\r\n{RawHttp.Known}Content-Length: 10\r\nContent-Range: 0-9\r\n\r\nabcd"))
        {
            await _one.ArrivesAsync(upload, 4);
            await PatchAsync(there, upload, "0-3", "0123");
        }

        using (var some = await here.GetAsync(upload)) // which waits for the one that hung
        {
            Assert.Equal("0-3", Assert.Single(some.Headers.GetValues("Range")));
        }

        var digest = Digest.Of("0123456789"u8);
        using var ended = await here.SendAsync(HttpMethod.Put, $"{upload}?digest={digest}", "456789"u8.ToArray());
        Assert.Equal(HttpStatusCode.Created, ended.StatusCode);
    }

    [DatabaseFact]
    public async Task A_piece_that_comes_late_at_one_is_told_where_the_other_went_on()
    {
        var there = new TestRepository(_other, "team/model");
        var upload = await there.BeginAsync();
        using var late = await RawHttp.SendAsync(
            _one.Address, $"PATCH {upload} HTTP/1.1\r\n{RawHttp.Known}Content-Length: 10\r\nContent-Range: 0-9\r\n\r\nabcd");
        await _one.ArrivesAsync(upload, 4);
        await PatchAsync(there, upload, "0-3", "0123");
        await late.GetStream().WriteAsync("efghij"u8.ToArray());

        var head = await RawHttp.HeadAsync(late);
        Assert.Contains(" 416 ", head[0], StringComparison.Ordinal);
        Assert.Contains("Range: 0-3", head);
    }

    [DatabaseFact]
    public async Task A_piece_is_put_where_it_was_looked_whether_it_follows_and_nowhere_else()
    {
        var (here, there) = (new SharedUploads(_place.Database, _place.Store), new SharedUploads(_place.Database, _place.Store));
        var upload = await here.BeginAsync(default);
        using var late = await upload.TakeOverAsync(default);
        var start = await upload.LengthAsync(default);
        using (var other = await (await there.FindAsync(upload.Id, default))!.TakeOverAsync(default))
        {
            await other.AppendAsync(0, new MemoryStream("0123"u8.ToArray()));
        }

        var refused = await Assert.ThrowsAsync<RefusedException>(() => late.AppendAsync(start, new MemoryStream("abcdefghij"u8.ToArray())));

        Assert.Equal(409, refused.Status);
        Assert.Equal(4, await upload.LengthAsync(default));
    }

    [DatabaseFact]
    public async Task What_changes_at_one_shows_at_the_other_at_once()
    {
        var digest = await _one.DigestAsync(ServedStore.Linear);
        using (var tagged = await _one.Client.PatchAsJsonAsync(
            $"/api/envelopes/{ServedStore.Linear}/{digest}/tags", OtherStore.Tag("team", "pricing")))
        {
            Assert.Equal(HttpStatusCode.OK, tagged.StatusCode);
        }

        Assert.Equal(1, await CountAsync(_other, "tag=team=pricing"));
        using (await _other.Client.DeleteAsync($"/api/envelopes/{ServedStore.Linear}/{digest}"))
        {
        }

        Assert.Equal(0, await CountAsync(_one, ""));
    }

    [DatabaseFact]
    public async Task A_change_whose_instance_died_behind_it_shows_within_two_seconds()
    {
        var envelope = (await _place.Store.OpenAsync(ServedStore.Linear)).Reference;
        await _place.Store.TagAsync(envelope, OtherStore.Tag("team", "pricing")); // which writes no catalog
        var begun = System.Diagnostics.Stopwatch.StartNew();
        while (await CountAsync(_one, "tag=team=pricing") == 0)
        {
            Assert.True(begun.Elapsed < TimeSpan.FromSeconds(2), "It took more than two seconds.");
            await Task.Delay(20);
        }
    }

    [DatabaseFact]
    public async Task A_catalog_that_was_lost_is_made_again_at_the_start()
    {
        await _place.Database.RunAsync("delete from envelope; delete from term; delete from envelope_term", default);
        Assert.Equal(0, await CountAsync(_one, ""));
        await _other.RestartAsync();

        Assert.Equal(1, await CountAsync(_one, ""));
    }

    [DatabaseFact]
    public async Task Several_start_at_once_on_an_empty_database()
    {
        var connection = await server.CreateDatabaseAsync();
        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => RegistryServer.StartAsync(Options(connection, i))));
        try
        {
            Assert.Equal(4, started.Select(one => one.Address).Distinct().Count());
            Assert.False(Directory.Exists(_one.At("no-store")));
        }
        finally
        {
            foreach (var one in started)
            {
                await one.DisposeAsync();
            }
        }
    }

    [DatabaseFact]
    public async Task Content_without_a_database_that_knows_it_is_refused()
    {
        foreach (var connection in (string?[])[null, $"Data Source={_one.At("index.db")}"])
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => RegistryServer.StartAsync(Options(connection, 0)));
            Assert.Contains("--database 'Host=", failure.Message, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(_one.At("beside")));
    }

    private ServerOptions Options(string? connection, int number) => new()
    {
        Store = _one.At("no-store"),
        Database = connection,
        Blobs = _one.At("beside"),
        Urls = "http://127.0.0.1:0",
        UserDirectory = _one.At($"user-{number}"),
    };

    private static async Task PatchAsync(TestRepository repository, string upload, string range, string piece)
    {
        using var answer = await repository.SendAsync(
            HttpMethod.Patch, upload, Encoding.ASCII.GetBytes(piece), "application/octet-stream", ("Content-Range", range));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<int> CountAsync(ServedStore served, string query) =>
        (await served.Client.GetFromJsonAsync<JsonElement>($"/api/envelopes?{query}")).GetProperty("envelopes").GetArrayLength();

    private static Task SkopeoAsync(string from, string to) => Programs.RunAsync(
        "skopeo",
        [
            "copy", .. from.StartsWith("docker", StringComparison.Ordinal) ? LetIn("src") : [],
            .. to.StartsWith("docker", StringComparison.Ordinal) ? LetIn("dest") : [], from, to,
        ]);

    private static string[] LetIn(string side) =>
        [$"--{side}-tls-verify=false", $"--{side}-creds=me:{ServedStore.KnownToken}"];

    private static string HostOf(ServedStore served) => new Uri(served.Address).Authority;
}
