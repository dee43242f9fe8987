using System.Globalization;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Journal;

/// <summary>The file of a journal, as writers leave it that die, are newer, or are no writers of journals.</summary>
public sealed class JournalFileTests : IAsyncLifetime, IDisposable
{
    private readonly TempStore _store = new();
    private EnvelopeReference _saved = null!;

    private string JournalPath => _store.In("layouts", "house-price", "by-digest", _saved.Digest.Hex, "journal.jsonl");

    public async Task InitializeAsync() => _saved = await _store.SaveAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Each_event_is_a_line()
    {
        await _store.Store.AppendAsync(_saved, [Tag("Häuser & \"Höfe\" \n", 1)]);

        var lines = await File.ReadAllLinesAsync(JournalPath);
        Assert.Equal(2, lines.Length);
        Assert.Contains("Häuser & \\\"Höfe\\\" \\n", lines[1], StringComparison.Ordinal);
        Assert.Equal("Häuser & \"Höfe\" \n", (await ReadAsync()).Labels.Tags["tag"]);
    }

    [Theory]
    [InlineData("{"), InlineData("{\"version\":1,\"id\":\"7f"), InlineData("\0\0\0"), InlineData("{}"), InlineData("ü")]
    public async Task A_torn_last_line_is_no_event_and_the_next_append_takes_its_place(string torn)
    {
        await File.AppendAllTextAsync(JournalPath, torn);
        Assert.Single((await ReadAsync()).Events);

        await _store.Store.AppendAsync(_saved, [Tag("live", 1)]);
        Assert.Equal(2, (await ReadAsync()).Events.Count);
        Assert.DoesNotContain(torn + "{", await File.ReadAllTextAsync(JournalPath), StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(JournalPath)).Length);
    }

    [Fact]
    public async Task A_journal_that_is_cut_anywhere_is_read_and_written_on()
    {
        await _store.Store.AppendAsync(_saved, [Tag("one", 1), Tag("two", 2)]);
        var whole = await File.ReadAllBytesAsync(JournalPath);
        for (var length = 0; length < whole.Length; length += 1)
        {
            await File.WriteAllBytesAsync(JournalPath, whole[..length]);
            var isEnd = length < whole.Length && whole[length] == '\n'; // only the line feed is missing
            var lines = whole.AsSpan(0, length).Count((byte)'\n') + (isEnd ? 1 : 0);
            Assert.Equal(lines, (await ReadAsync()).Events.Count);

            await _store.Store.AppendAsync(_saved, [Tag("three", 3)]);
            Assert.Equal(lines + 1, (await ReadAsync()).Events.Count);
            Assert.Equal("three", (await ReadAsync()).Labels.Tags["tag"]);
        }
    }

    [Fact]
    public async Task Every_bit_that_changes_is_noticed_or_changes_nothing()
    {
        await _store.Store.AppendAsync(_saved, [Tag("one", 1), Tag("two", 2)]);
        var whole = await File.ReadAllBytesAsync(JournalPath);
        var ids = (await ReadAsync()).Events.Select(one => one.Id).ToList();
        for (var bit = 0; bit < 8 * whole.Length; bit++)
        {
            var changed = whole.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(JournalPath, changed);
            try
            {
                var journal = await ReadAsync();
                Assert.Equal(ids, journal.Events.Select(one => one.Id));
                Assert.Equal("two", journal.Labels.Tags["tag"]);
            }
            catch (EnvelopeException noticed)
            {
                Assert.Equal(EnvelopeError.Damaged, noticed.Error);
            }
        }
    }

    [Fact]
    public async Task A_last_line_of_which_only_the_line_feed_is_wrong_is_an_event_and_is_kept()
    {
        await _store.Store.AppendAsync(_saved, [Tag("one", 1)]);
        var whole = await File.ReadAllBytesAsync(JournalPath);
        foreach (var text in (byte[][])[whole[..^1], [.. whole[..^1], (byte)'*']])
        {
            await File.WriteAllBytesAsync(JournalPath, text);
            await _store.Store.AppendAsync(_saved, [Tag("two", 2)]);
            Assert.Equal(3, (await ReadAsync()).Events.Count);
            Assert.Equal(whole, (await File.ReadAllBytesAsync(JournalPath))[..whole.Length]);
        }
    }

    [Fact]
    public async Task A_line_of_the_first_version_has_no_sum()
    {
        await File.WriteAllTextAsync(JournalPath, Line(_saved.Digest, "\"kind\":\"saved\"") + "\n");
        Assert.Single((await ReadAsync()).Events);
        await File.WriteAllTextAsync(
            JournalPath, Line(_saved.Digest, "\"kind\":\"saved\"").Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal) + "\n");
        await RefusesAsync(line: 1, "check sum");
    }

    [Fact]
    public async Task A_line_of_a_newer_version_is_passed_over_and_kept()
    {
        var newer = Encoding.UTF8.GetString(SealedLine.Seal("""{"version":3,"id":7,"what":["is","not"],"known":{}}"""u8));
        await File.AppendAllTextAsync(JournalPath, newer + "\n");
        Assert.Single((await ReadAsync()).Events);

        await _store.Store.AppendAsync(_saved, [Tag("live", 1)]);
        await _store.SaveAsync();
        Assert.Equal(3, (await ReadAsync()).Events.Count);
        Assert.Equal(newer, (await File.ReadAllLinesAsync(JournalPath))[1]);
    }

    [Fact]
    public async Task An_event_of_a_newer_version_travels_as_it_is()
    {
        var newer = Encoding.UTF8.GetString(SealedLine.Seal(Encoding.UTF8.GetBytes(
            $$"""{"version":3,"id":"{{Guid.NewGuid()}}","envelope":"{{_saved.Digest}}","kind":"approved","time":"2031-02-03T04:05:06Z","by":["a", "b"]}""")));
        await File.AppendAllTextAsync(JournalPath, newer + "\n");
        var labels = (await ReadAsync()).Labels;
        using var other = new TempStore();
        var file = _store.At("newer.envelope");
        await EnvelopeArchive.ExportAsync(await _store.OpenSoundAsync(), await ReadAsync(), file);
        await EnvelopeArchive.ImportAsync(file, other.Store);
        await EnvelopeArchive.ImportAsync(file, other.Store);

        var there = await other.Store.ReadJournalAsync(_saved);
        Assert.Single(there.Events, one => one.Kind == JournalEventKind.Newer);
        Assert.Equal(labels.Tags, there.Labels.Tags);
        Assert.Equal(labels.Saved, there.Saved);
        Assert.Single(await File.ReadAllLinesAsync(other.In("layouts", "house-price", "by-digest", _saved.Digest.Hex, "journal.jsonl")), line => line == newer);
    }

    [Theory]
    [InlineData(""), InlineData("null"), InlineData("[]"), InlineData("{}")]
    [InlineData("{\"version\":1}"), InlineData("{\"version\":\"1\"}")]
    [InlineData("\"saved\""), InlineData("{\"kind\":\"tag\""), InlineData("\0\0\0\0")]
    public async Task A_malformed_line_is_damage_that_names_file_and_line(string line)
    {
        await File.AppendAllTextAsync(JournalPath, line + "\n");
        await File.AppendAllTextAsync(JournalPath, Encoding.UTF8.GetString(SealedLine.Seal("{\"version\":3}"u8)) + "\n");

        await RefusesAsync(line: 2);
    }

    [Theory]
    [InlineData("\"kind\":\"tag\",\"value\":\"live\"", "no name")]
    [InlineData("\"kind\":\"tag\",\"name\":\"a\",\"value\":1", "a string")]
    [InlineData("\"kind\":\"tag\",\"name\":\"a\",\"value\":{}", "a string")]
    [InlineData("\"kind\":\"metric\",\"value\":1", "no name")]
    [InlineData("\"kind\":\"metric\",\"name\":\"a\",\"value\":\"1\"", "is a number")]
    [InlineData("\"kind\":\"metric\",\"name\":\"a\",\"value\":1e999", "is a number, or")]
    [InlineData("\"kind\":\"tag\",\"name\":\"a\",\"value\":\"\\ud800\"", "")] // half of a character
    [InlineData("\"kind\":\"metric\",\"name\":\"a\",\"value\":\"\\ud800\"", "")]
    [InlineData("\"kind\":\"metric\",\"name\":\"a\",\"value\":{\"type\":\"\\ud800\"}", "")]
    [InlineData("\"kind\":7,\"name\":\"a\"", "the kind 7")]
    [InlineData("\"kind\":\"Burned\"", "kind")]
    public async Task A_line_that_is_no_event_of_its_kind_is_damage_too(string members, string reason)
    {
        await File.AppendAllTextAsync(JournalPath, Line(_saved.Digest, members) + "\n");

        await RefusesAsync(line: 2, reason);
    }

    [Fact]
    public async Task So_is_one_of_another_envelope_and_one_that_no_event_can_follow()
    {
        var other = Digest.Of("another"u8);
        await File.WriteAllTextAsync(JournalPath, Line(other, "\"kind\":\"saved\"") + "\n");
        await RefusesAsync(line: 1, other.ToString());

        var last = Line(_saved.Digest, "\"kind\":\"saved\"").Replace("2026", "9999", StringComparison.Ordinal);
        await File.WriteAllTextAsync(JournalPath, last + "\n");
        await RefusesAsync(line: 1, "9999");
    }

    [Fact]
    public async Task An_event_that_could_not_be_read_back_is_not_taken_and_none_with_it()
    {
        var stray = Tag("live", 1) with { Envelope = Digest.Of("another"u8) };

        await Failure.OfAsync(
            EnvelopeError.Invalid, () => _store.Store.AppendAsync(_saved, [Tag("one", 0), stray]), stray.Id.ToString(),
            _saved.Digest.ToString());
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => _store.Store.AppendAsync(_saved, [Tag("one", 0) with { Name = null }]),
            "no name");
        Assert.Single((await ReadAsync()).Events);
    }

    [Fact]
    public async Task Appending_from_many_tasks_at_once_loses_nothing_and_doubles_nothing()
    {
        var events = Enumerable.Range(0, 60)
            .Select(i => Tag("live", i) with { Name = i.ToString(CultureInfo.InvariantCulture) }).ToList();
        await Task.WhenAll(events.Concat(events)
            .Select(one => Task.Run(() => _store.Store.AppendAsync(_saved, [one]))));

        var journal = await ReadAsync();
        Assert.Equal(61, journal.Events.Count);
        Assert.Equal(60, journal.Labels.Tags.Count);
        Assert.Equal(61, (await File.ReadAllLinesAsync(JournalPath)).Length);
    }

    [Fact]
    public async Task Events_that_are_there_are_not_added_again()
    {
        var one = Tag("live", 1);
        await _store.Store.AppendAsync(_saved, [one, one]);
        var text = await File.ReadAllBytesAsync(JournalPath);
        await _store.Store.AppendAsync(_saved, [one]);
        await _store.Store.AppendAsync(_saved, []);

        Assert.Equal(text, await File.ReadAllBytesAsync(JournalPath));
        Assert.Equal(2, (await ReadAsync()).Events.Count);
    }

    [Fact]
    public async Task Nothing_is_known_of_an_envelope_that_is_not_there_and_nothing_can_be_added()
    {
        var (stranger, nobody) = (_saved with { Digest = Digest.Of("other"u8) }, _saved with { Name = "nobody" });

        Assert.Empty((await _store.Store.ReadJournalAsync(stranger)).Events);
        Assert.Empty((await _store.Store.ReadJournalAsync(nobody)).Events);
        await Failure.OfAsync(
            EnvelopeError.NotFound, () => _store.Store.AppendAsync(stranger, []), stranger.ToString());
        await Failure.OfAsync(EnvelopeError.NotFound, () => _store.Store.AppendAsync(nobody, []), "'nobody'");
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_unavailable_and_named()
    {
        File.Delete(_store.In("lock"));
        File.CreateSymbolicLink(_store.In("lock"), "lock"); // leads to itself for ever

        await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _store.Store.AppendAsync(_saved, [Tag("live", 1)]), _saved.ToString(),
            _store.Store.Address);
    }

    private static string Line(Digest envelope, string members) => new StringBuilder()
        .Append("{\"version\":1,\"id\":\"0f8fad5b-d9cb-469f-a165-70867728950e\",\"envelope\":\"").Append(envelope)
        .Append("\",\"time\":\"2026-01-01T00:00:00+00:00\",").Append(members).Append('}').ToString();

    private JournalEvent Tag(string value, int minutes) => Events.Tag("tag", value, minutes) with
    {
        Envelope = _saved.Digest,
        Time = DateTimeOffset.UtcNow.AddMinutes(minutes),
    };

    private Task<EnvelopeJournal> ReadAsync() => _store.Store.ReadJournalAsync(_saved);

    private async Task RefusesAsync(int line, string reason = "")
    {
        await Failure.OfAsync(EnvelopeError.Damaged, () => ReadAsync(), JournalPath, $"Line {line} ", reason);
        await Failure.OfAsync(EnvelopeError.Damaged, () => _store.SaveAsync(), JournalPath, $"Line {line} ");
    }
}
