using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>
/// What claims to be larger than it can be is refused before memory is taken for it, which is counted: no other test
/// runs meanwhile.
/// </summary>
[Collection(nameof(MemoryCollection))]
public sealed class SizeLimitTests : IDisposable
{
    private const long Little = 24 << 20;

    private static readonly bool[] Both = [false, true];

    private readonly TempStore _store = new();
    private readonly TempStore _target = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
        _registry.Dispose();
    }

    [Theory]
    [InlineData("index.json", '0', 5L << 20), InlineData("index.json", '0', 8L << 30), InlineData("index.json", '0', long.MaxValue)]
    [InlineData("oci-layout", '0', 1L << 40), InlineData("journal.jsonl", '0', 65L << 20), InlineData("journal.jsonl", '0', 8L << 30)]
    [InlineData("PaxHeader", 'x', 1L << 30), InlineData("PaxHeader", 'g', 2L << 20), InlineData("././@LongLink", 'L', 1L << 30), InlineData("././@LongLink", 'K', 1L << 40)]
    public async Task An_entry_that_is_too_large_is_refused_whether_its_bytes_are_there_or_not(string name, char type, long size)
    {
        var rest = PlainTar.Of((await CraftedEnvelope.OfAsync(_store)).Entries().Where(entry => entry.Name != name));
        foreach (var isThere in size <= 8L << 30 ? Both : [false])
        {
            var path = _target.At("large.envelope");
            await using (var file = File.Create(path))
            {
                file.Write(PlainTar.Header(name, size, type));
                file.SetLength(512 + (isThere ? size : 512)); // without taking space on the disk
                file.Position = file.Length;
                file.Write(rest);
            }

            await RefusesAsync(Little, () => EnvelopeArchive.OpenAsync(path), path);
        }
    }

    [Fact]
    public async Task A_file_of_more_entries_than_an_envelope_has_files_is_refused()
    {
        var path = _target.At("many.envelope");
        await using (var file = File.Create(path))
        {
            for (var i = 0; i <= 20_000; i++)
            {
                file.Write(PlainTar.Header("blobs/sha256/" + Digest.Of(BitConverter.GetBytes(i)).Hex, 0));
            }
        }

        await RefusesAsync(Little, () => EnvelopeArchive.OpenAsync(path), path, "20000 entries");
    }

    [Fact]
    public async Task A_manifest_of_more_than_4_MiB_is_refused_wherever_it_is()
    {
        var envelope = (await CraftedEnvelope.OfAsync(_store)).WithText(text => text + new string(' ', 5 << 20));
        var path = await envelope.ToArchiveAsync(_target.At("manifest.envelope"));
        await envelope.ToStoreAsync(_target);
        var address = envelope.ToRegistry(_registry);

        await RefusesAsync(Little, () => EnvelopeArchive.OpenAsync(path), path, "4194304");
        await RefusesAsync(Little, () => _target.Store.OpenAsync("house-price", envelope.Digest), "4194304");
        await RefusesAsync(64 << 20, () => EnvelopeResolver.OpenAsync(address, _store.Store), "4194304"); // with what the stand-in takes
    }

    [Fact]
    public async Task A_record_or_examples_that_are_too_large_are_refused_though_their_digests_are_right()
    {
        var sound = await CraftedEnvelope.OfAsync(_store);
        foreach (var size in new[] { (64L << 20) + 1, long.MaxValue })
        {
            var envelope = sound.With(one => CraftedEnvelope.Layer(one, "envelope.json")["size"] = size);
            var path = await envelope.ToArchiveAsync(_target.At("record.envelope"));
            await RefusesAsync(Little, () => EnvelopeArchive.OpenAsync(path), path, "'envelope.json'", "67108864");
        }
    }

    [Fact]
    public async Task A_record_is_read_up_to_its_limit()
    {
        var envelope = (await CraftedEnvelope.OfAsync(_store)).WithRecord(_ => { });
        byte[] filled = [.. envelope.File("envelope.json"), .. Enumerable.Repeat((byte)' ', 1 << 20)];
        var path = await envelope.WithFile("envelope.json", filled).ToArchiveAsync(_target.At("record.envelope"));

        Assert.Equal("house-price", (await EnvelopeArchive.OpenAsync(path)).Content.Record.Name);
    }

    [Fact]
    public async Task Events_of_more_than_256_MiB_are_refused_before_they_are_fetched()
    {
        var envelope = await CraftedEnvelope.OfAsync(_store);
        var address = envelope.ToRegistry(_registry);
        var (tag, manifest) = _registry.Manifests.Single(one => one.Key.StartsWith("journal-", StringComparison.Ordinal));
        var claims = Encoding.UTF8.GetString(manifest).Replace($"\"size\":{envelope.Journal.Length}", $"\"size\":{300L << 20}", StringComparison.Ordinal);
        _registry.Manifests[tag] = Encoding.UTF8.GetBytes(claims);

        await RefusesAsync(Little, () => EnvelopeResolver.OpenAsync(address, _store.Store), _registry.Host, "256 MiB");
        Assert.Equal(0, _registry.Count("GET", Digest.Of(envelope.Journal).Hex));
    }

    [Fact]
    public async Task Events_of_more_bytes_than_their_descriptor_says_are_refused()
    {
        var envelope = await CraftedEnvelope.OfAsync(_store);
        var address = envelope.ToRegistry(_registry);
        _registry.Blobs[Digest.Of(envelope.Journal).ToString()] = [.. envelope.Journal, .. envelope.Journal];

        await RefusesAsync(Little, () => EnvelopeResolver.OpenAsync(address, _store.Store), _registry.Host);
    }

    private static async Task RefusesAsync(long memory, Func<Task> read, params string[] named)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Failure.OfAsync(EnvelopeError.Damaged, read, named);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, memory);
    }
}

[CollectionDefinition(nameof(MemoryCollection), DisableParallelization = true)]
public sealed class MemoryCollection;
