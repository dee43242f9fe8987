using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Api;

/// <summary>A registry as the store of a program: <c>ENVELOPE_HOME=https://...</c>.</summary>
public sealed class RegistryStoreTests : IDisposable
{
    private readonly TempDirectory _user = new();

    private IEnvelopeStore Rescue => EnvelopeStore.Open(_user.At("own"));

    public void Dispose() => _user.Dispose();

    [Fact]
    public async Task An_envelope_is_saved_opened_and_listed_as_in_a_directory()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Stacked);
        var remote = Open(served);
        var saved = await EnvelopeArchive.ImportAsync(ServedStore.Golden(ServedStore.Linear), remote);

        Assert.Equal([ServedStore.Linear, ServedStore.Stacked], await remote.ListNamesAsync());
        Assert.Equal(saved, (await OtherStore.OpenSoundAsync(remote, saved)).Reference);
        Assert.Equal(saved, (await remote.OpenAsync(saved.Name)).Reference);
        Assert.Equal(await OtherStore.NewestAsync(served.Store), await OtherStore.NewestAsync(remote));
        Assert.Equal([saved], await OtherStore.NewestAsync(remote, saved.Name));
        Assert.Empty(await OtherStore.NewestAsync(Rescue));
        await OtherStore.OpenSoundAsync(served.Store, saved);
    }

    [Fact]
    public async Task What_is_known_of_an_envelope_is_visible_with_it_and_not_before()
    {
        await using var served = await ServedStore.StartAsync();
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var owner = other;
        await other.Store.TagAsync(envelope, OtherStore.Tag("team", "pricing"));
        await SignAsync(other, envelope);

        var content = await other.Store.OpenAsync(envelope.Name);
        await using (var staged = await Open(served).StageAsync())
        {
            await staged.AddAsync(stream => stream.WriteAsync(content.Manifest), default);
            Assert.Empty(await Open(served).ListNamesAsync());
        }

        await Open(served).CopyAsync(
            content, await other.Store.ReadJournalAsync(envelope), await other.Store.ReadSignaturesAsync(envelope));
        Assert.Equal(
            await OtherStore.JournalAsync(other.Store, envelope), await OtherStore.JournalAsync(served.Store, envelope));
        Assert.Single(await served.Store.ReadSignaturesAsync(envelope));
        Assert.Single(await Open(served).ReadSignaturesAsync(envelope));
    }

    [Fact]
    public async Task Journals_that_together_are_too_long_for_a_page_come_with_the_next_and_whole()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear, ServedStore.Stacked, "golden-pooled");
        var envelopes = await OtherStore.NewestAsync(served.Store);
        foreach (var one in envelopes)
        {
            var text = new string('x', 60_000);
            await served.Store.AppendAsync(
                one, [.. Enumerable.Range(0, 80).Select(i => CraftedStore.Tag($"note-{i}", text) with { Envelope = one.Digest })]);
        }

        var page = await served.Client.GetFromJsonAsync<JsonElement>("/api/envelopes?journal=true");
        Assert.Equal(1, page.GetProperty("envelopes").GetArrayLength());
        Assert.Equal(3, (await served.Client.GetFromJsonAsync<JsonElement>("/api/envelopes")).GetProperty("envelopes").GetArrayLength());
        var found = await Open(served).QueryAsync(new()).ToListAsync();
        Assert.Equal(envelopes, found.Select(one => one.Reference));
        Assert.All(found, one => Assert.True(one.Journal.Labels.Tags.Count >= 80));
    }

    [Fact]
    public async Task A_journal_that_alone_is_too_large_for_a_page_has_one_to_itself()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear, ServedStore.Stacked);
        var envelopes = await OtherStore.NewestAsync(served.Store);
        var (first, text) = (envelopes[0], new string('x', 60_000));
        var notes = Enumerable.Range(0, 150).Select(i => CraftedStore.Tag($"note-{i}", text));
        await served.Store.AppendAsync(first, [.. notes.Select(one => one with { Envelope = first.Digest })]);

        var found = await Open(served).QueryAsync(new()).ToListAsync();

        Assert.Equal(envelopes, found.Select(one => one.Reference));
        Assert.Equal(150, found[0].Journal.Labels.Tags.Count);
    }

    [Fact]
    public async Task Tags_and_metrics_go_into_the_journal_with_the_name_of_who_is_known()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        var remote = Open(served);
        var envelope = (await remote.OpenAsync(ServedStore.Linear)).Reference;
        await remote.TagAsync(envelope, OtherStore.Tag("team", "pricing"));
        await remote.RecordMetricAsync(envelope, "loss", double.NaN, step: 3);
        await remote.TagAsync(envelope, OtherStore.Tag("team", "risk"));

        var journal = await served.Store.ReadJournalAsync(envelope);
        Assert.Equal("risk", journal.Labels.Tags["team"]);
        Assert.Equal(double.NaN, journal.Metrics["loss"][0].Value.Number);
        Assert.Equal(await OtherStore.JournalAsync(served.Store, envelope), await OtherStore.JournalAsync(remote, envelope));

        var audit = await AuditAsync(served);
        Assert.Equal(["tag", "metric", "tag"], audit.Select(one => one.GetProperty("action").GetString()));
        Assert.Equal("\"pricing\"", audit[0].GetProperty("before").GetRawText());
        Assert.All(audit, one => Assert.Equal("done", one.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Whose_name_an_event_bears_is_known_when_its_writer_sent_it_and_a_claim_when_it_came_from_elsewhere()
    {
        await using var served = await ServedStore.StartAsync();
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var owner = other;
        var claimed = new JournalWriter(envelope.Digest, await other.Store.ReadJournalAsync(envelope), TimeProvider.System)
        {
            Who = "somebody else",
        };
        claimed.SetTag("claimed", "yes");
        await other.Store.AppendAsync(envelope, claimed.Events);
        var remote = Open(served);
        await remote.CopyAsync(await other.Store.OpenAsync(envelope.Name), await other.Store.ReadJournalAsync(envelope));

        var own = new JournalWriter(envelope.Digest, await remote.ReadJournalAsync(envelope), TimeProvider.System)
        {
            Who = "a name that the writer gives itself",
        };
        own.SetTag("own", "yes");
        await remote.AppendAsync(envelope, own.Events);

        var history = await served.Client.GetFromJsonAsync<JsonElement>($"/api/envelopes/{envelope.Name}/{envelope.Digest}/history");
        var claim = history.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "claimed");
        Assert.Equal(("somebody else", true), (claim.GetProperty("who").GetString(), claim.GetProperty("isClaim").GetBoolean()));
        var known = history.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "own");
        Assert.Equal((Environment.UserName, false), (known.GetProperty("who").GetString(), known.GetProperty("isClaim").GetBoolean()));
    }

    [Fact]
    public async Task Nobody_makes_the_event_of_another_one_look_known_by_sending_its_id_first()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Stacked);
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var owner = other;
        var remote = Open(served);
        var claim = (await other.Store.ReadJournalAsync(envelope)).Events.First(one => one.Kind == JournalEventKind.Saved);
        await Assert.ThrowsAsync<EnvelopeException>(() => remote.AppendAsync(envelope, [claim with { Who = "me", IsMadeHere = true }]));
        var stacked = (await remote.OpenAsync(ServedStore.Stacked)).Reference;
        await remote.AppendAsync(stacked, [claim with { Envelope = stacked.Digest, Who = "me", IsMadeHere = true }]);

        await remote.CopyAsync(await other.Store.OpenAsync(envelope.Name), await other.Store.ReadJournalAsync(envelope));

        var history = await served.Client.GetFromJsonAsync<JsonElement>($"/api/envelopes/{envelope.Name}/{envelope.Digest}/history");
        Assert.All(history.EnumerateArray(), one => Assert.True(one.GetProperty("isClaim").GetBoolean()));
    }

    [Fact]
    public async Task An_envelope_that_nobody_says_was_saved_is_saved_by_who_sent_it_and_in_the_audit()
    {
        await using var served = await ServedStore.StartAsync();
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var owner = other;
        var content = await other.Store.OpenAsync(envelope.Name);
        await ((Registries.RegistryStore)Open(served)).CommitAsync(content, [], [], default);

        var saved = (await served.Store.ReadJournalAsync(envelope)).Events.Single();
        Assert.Equal((JournalEventKind.Saved, Environment.UserName), (saved.Kind, saved.Who));
        Assert.Contains(await AuditAsync(served), one => one.GetProperty("action").GetString() == "save");
    }

    [Theory]
    [InlineData("PUT", "/api/envelopes/golden-linear/{0}/metrics/%20", """{"value":1}""")]
    [InlineData("POST", "/api/keys", """{"name":null,"roles":["read"]}""")]
    [InlineData("POST", "/api/keys", """{"name":"a","roles":null}""")]
    [InlineData("POST", "/api/keys", """{"name":"a","roles":[null]}""")]
    [InlineData("POST", "/api/webhooks", """{"url":"https://host/","kinds":[null]}""")]
    [InlineData("PUT", "/api/envelopes/golden-linear/{0}", """{"made":null}""")]
    [InlineData("DELETE", "/api/envelopes/No%20Name/{0}", "")]
    public async Task What_cannot_be_taken_is_a_fault_of_who_sent_it(string method, string path, string json)
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        using var request = new HttpRequestMessage(new(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, path, await served.DigestAsync(ServedStore.Linear)))
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
        using var answer = await served.Client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_query_is_answered_by_the_registry_as_the_store_itself_answers_it()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear, ServedStore.Stacked);
        var remote = Open(served);
        foreach (var one in await OtherStore.NewestAsync(remote))
        {
            await remote.TagAsync(one, OtherStore.Tag("team", "pricing"));
            await remote.RecordMetricAsync(one, "r2", one.Name == ServedStore.Linear ? 0.25 : 0.75);
        }

        foreach (var query in (EnvelopeQuery[])
        [
            new(), new() { Name = ServedStore.Linear }, new() { OrderBy = "r2", Descending = true },
            new() { Tags = OtherStore.Tag("team", "pricing"), Metrics = [new("r2", NumberComparison.Greater, 0.5)] },
            new() { Tags = new Dictionary<string, string?> { ["team"] = null } },
            new() { AnyTags = [new("team", "risk"), new("team", "pricing")], Since = DateTimeOffset.UtcNow.AddDays(-90_000) },
        ])
        {
            var (here, there) = (await served.Store.QueryAsync(query).ToListAsync(), await remote.QueryAsync(query).ToListAsync());
            Assert.Equal(here.Select(one => (one.Reference, one.Saved, one.Cursor)), there.Select(one => (one.Reference, one.Saved, one.Cursor)));
            Assert.Equal(here.Select(one => one.Journal.Events.Count), there.Select(one => one.Journal.Events.Count));
        }

        var ambiguous = new EnvelopeQuery { Metrics = [new("a>b", NumberComparison.Less, 1)] };
        Assert.Empty(await served.Store.QueryAsync(ambiguous).ToListAsync());
        var refused = await Assert.ThrowsAsync<EnvelopeException>(async () => await remote.QueryAsync(ambiguous).ToListAsync());
        Assert.Equal(EnvelopeError.Invalid, refused.Error);
    }

    [Fact]
    public async Task An_envelope_is_deleted_unless_more_has_happened_and_what_it_leaves_is_collected()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        var remote = Open(served);
        var envelope = (await remote.OpenAsync(ServedStore.Linear)).Reference;
        var last = (await remote.ReadJournalAsync(envelope)).Events[^1].Id;
        await remote.TagAsync(envelope, OtherStore.Tag("team", "pricing"));

        Assert.Equal(0, await remote.DeleteAsync(envelope.Name, new Dictionary<Envelopes.Digest, Guid?> { [envelope.Digest] = last }));
        Assert.True(await remote.DeleteAsync(envelope));
        Assert.False(await remote.DeleteAsync(envelope));
        Assert.True((await remote.CollectAsync()).Count > 0);
        var gone = await Assert.ThrowsAsync<EnvelopeException>(() => remote.OpenAsync(envelope.Name));
        Assert.Equal(EnvelopeError.NotFound, gone.Error);
        await Assert.ThrowsAsync<EnvelopeException>(() => remote.TagAsync(envelope, OtherStore.Tag("a", "b")));
        Assert.Equal(EnvelopeJournal.Empty.Events, (await remote.ReadJournalAsync(envelope)).Events);
        Assert.Equal(["failed", "done", "failed", "done", "failed"],
            (await AuditAsync(served)).Where(one => one.GetProperty("action").GetString() != "tag" || one.GetProperty("outcome").GetString() == "failed")
                .Select(one => one.GetProperty("outcome").GetString()).Reverse());
    }

    [Fact]
    public async Task What_the_registry_does_not_take_is_kept_in_the_own_store_and_the_error_says_where()
    {
        var served = await ServedStore.StartAsync();
        var remote = Open(served);
        await served.DisposeAsync();
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var owner = other;
        var journal = await other.Store.ReadJournalAsync(envelope);
        var content = await other.Store.OpenAsync(envelope.Name);
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => remote.CopyAsync(content, journal));
        Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        Assert.Contains(Rescue.Address, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"envelope push {envelope} oci://127.0.0.1:", failure.Message, StringComparison.Ordinal);
        await OtherStore.OpenSoundAsync(Rescue, envelope);
        Assert.Equal(await OtherStore.JournalAsync(other.Store, envelope), await OtherStore.JournalAsync(Rescue, envelope));
    }

    [Theory]
    [InlineData("http://registry.example")]
    [InlineData("https://127.0.0.1:5480")]
    [InlineData("https://registry.example/team")]
    [InlineData("https://registry.example/?a=b")]
    [InlineData("https://me:secret@registry.example")]
    [InlineData("https://")]
    public void An_address_that_is_no_registry_or_would_be_read_by_others_is_refused(string address)
    {
        var failure = Assert.Throws<EnvelopeException>(() => EnvelopeStore.Open(address));
        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://registry.example", "https://registry.example")]
    [InlineData("https://registry.example:8443/", "https://registry.example:8443")]
    [InlineData("http://localhost:5480", "http://localhost:5480")]
    public void An_address_of_a_registry_is_a_store(string address, string expected) =>
        Assert.Equal(expected, EnvelopeStore.Open(address).Address);

    private IEnvelopeStore Open(ServedStore served) =>
        EnvelopeStore.OpenRegistry(served.Address, OtherStore.Options with { Attempts = 2 }, Rescue);

    private static async Task<IReadOnlyList<JsonElement>> AuditAsync(ServedStore served) =>
        [.. (await served.Client.GetFromJsonAsync<JsonElement>("/api/audit")).GetProperty("entries").EnumerateArray()];

    private static Task<SignedEnvelope> SignAsync(OtherStore other, EnvelopeReference envelope)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(other.At("key.pem"), pair.ExportPkcs8PrivateKeyPem());
        return other.Store.SignAsync(envelope.ToString(), SigningKey.Load(other.At("key.pem")));
    }
}
