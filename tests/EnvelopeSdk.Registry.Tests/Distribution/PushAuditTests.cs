using System.Net;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>What happens at /v2/ is in the audit, with who did it.</summary>
public sealed class PushAuditTests : IAsyncLifetime
{
    private ServedStore _served = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync();
        _key = await _served.AddKeyAsync("ci", "save");
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task Events_that_come_with_a_push_are_claims_of_whom_they_name()
    {
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var disposing = other;
        await other.Store.TagAsync(envelope, OtherStore.Tag("stage", "live"));
        var place = $"oci://{new Uri(_served.Address).Authority}/team/model:v1";
        var options = OtherStore.Options with { Credentials = new(name => name == "ENVELOPE_KEY" ? _key : "/no/such/place") };
        await other.PushAsync(envelope, place, options);
        await other.PushAsync(envelope, place, options);

        var audit = await AuditAsync();

        Assert.All(audit, one => Assert.Equal(("ci", "key", "done"), (one.Who, one.Via, one.Outcome)));
        Assert.Single(audit, one => one.Change is { Action: "push", Envelope: "team/model", Subject: "v1", Before: null } && one.Change.Digest == envelope.Digest);
        Assert.Single(audit, one => one.Change is { Action: "tag", Envelope: ServedStore.Linear, Subject: "stage", Event: null });
        Assert.Contains(audit, one => one.Change is { Action: "save", Event: null });
        Assert.NotEqual("ci", (await _served.Store.ReadJournalAsync(envelope)).Events[^1].Who);
    }

    [Fact]
    public async Task A_save_that_no_event_tells_of_bears_the_name_of_who_pushed()
    {
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var disposing = other;
        var content = await other.Store.OpenAsync(envelope.Name);
        using var client = _served.NewClient(_key);
        foreach (var blob in content.Blobs)
        {
            var bytes = await File.ReadAllBytesAsync(other.At($"store/blobs/sha256/{blob.Digest.Hex}"));
            using var sent = await client.PostAsync($"/v2/team/raw/blobs/uploads/?digest={blob.Digest}", new ByteArrayContent(bytes));
            Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        }

        using var manifest = new ByteArrayContent(content.Manifest.ToArray());
        manifest.Headers.ContentType = new(TestRepository.Manifest);
        using var put = await client.PutAsync("/v2/team/raw/manifests/v1", manifest);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        var saved = (await _served.Store.ReadJournalAsync(envelope)).Events.Single();
        Assert.Equal("ci", saved.Who);
        Assert.Single(await AuditAsync(), one => one.Change.Action == "save" && one.Change.Event == saved.Id);
    }

    [Fact]
    public async Task What_is_moved_and_deleted_is_there_with_what_was_before_also_when_it_failed()
    {
        var repository = new TestRepository(_served, "team/thing");
        var first = await repository.PushAsync("v1", "one");
        var second = await repository.PushAsync("v1", "two");
        await repository.SendAsync(HttpMethod.Delete, "manifests/v1");
        await repository.SendAsync(HttpMethod.Delete, "manifests/v1");
        await repository.SendAsync(HttpMethod.Delete, $"manifests/{first}");
        var blob = await repository.PushBlobAsync("lonely");
        await repository.SendAsync(HttpMethod.Delete, $"blobs/{blob}");

        Assert.Equal(
            [
                ("delete", blob.ToString(), "blob", null, "done"), ("delete", first.ToString(), null, null, "done"),
                ("delete", null, "v1", null, "failed"), ("delete", null, "v1", second.ToString(), "done"),
                ("push", second.ToString(), "v1", first.ToString(), "done"), ("push", first.ToString(), "v1", null, "done"),
            ],
            (await AuditAsync()).Select(one => (
                one.Change.Action, one.Change.Digest?.ToString(), one.Change.Subject, one.Change.Before?.GetString(), one.Outcome)));
    }

    private async Task<IReadOnlyList<AuditRecord>> AuditAsync()
    {
        await using var database = RecordsDatabase.Open(_served.Options.Database, _served.Directory);
        var all = await new AuditLog(database, TimeProvider.System).FindAsync(new(), 100, default);
        return [.. all.Where(one => one.Change.Action != "add-key")];
    }
}
