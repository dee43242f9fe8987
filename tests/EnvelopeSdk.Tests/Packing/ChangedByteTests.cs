using System.Text;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>
/// Each byte of a small envelope changed, and some of a large one. Either that is told, or what is read is the same: the
/// same digest, every file as it was, the same events. The digest of an envelope and the check sums of lines cover all
/// that is read; the tests say which bytes are left.
/// </summary>
public sealed class ChangedByteTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _target = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task Each_byte_of_a_small_file_is_noticed_or_does_not_matter()
    {
        var envelope = await CraftedEnvelope.OfAsync(_store);
        var path = await envelope.ToArchiveAsync(_target.At("small.envelope"));
        var bytes = await File.ReadAllBytesAsync(path);
        var harmless = await HarmlessAsync(path, Enumerable.Range(0, bytes.Length), envelope, () => EnvelopeArchive.OpenAsync(path));

        // What does not matter: what fills up entries and follows the last one, the end of a header's check sum, and of
        // the two documents that no digest covers, a space or the name of a member that nobody reads.
        var places = Places(envelope, bytes.Length).ToList();
        Assert.All(harmless, position => Assert.NotEqual("content", places[position]));
        Assert.InRange(harmless.Count(position => places[position] == "document"), 0, 2);
        Assert.InRange(harmless.Count(position => places[position] == "header"), 0, 4 * envelope.Entries().Count());
        Assert.Contains(harmless, position => places[position] == "filling");
    }

    [Fact]
    public async Task Each_byte_of_a_small_store_is_noticed_or_does_not_matter()
    {
        var envelope = await CraftedEnvelope.OfAsync(_store);
        await EnvelopeArchive.ImportAsync(await envelope.ToArchiveAsync(_target.At("small.envelope")), _target.Store);
        foreach (var file in Directory.EnumerateFiles(_target.Store.Address, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).LinkTarget is null))
        {
            var harmless = await HarmlessAsync(
                file, Enumerable.Range(0, (int)new FileInfo(file).Length), envelope,
                async () =>
                {
                    var store = EnvelopeStore.Open(_target.Store.Address); // one that has looked at nothing yet
                    var content = await store.OpenAsync("house-price");
                    return new(content, await store.ReadJournalAsync(content.Reference));
                });

            // The rest is derived: OCI layouts for other tools, and orders that are made anew when a sum is wrong.
            var isCovered = file.Contains("sha256", StringComparison.Ordinal);
            Assert.True(!isCovered || harmless.Count == 0, $"{file}: {string.Join(", ", harmless)}");
            Assert.True(Path.GetFileName(file) != "journal.jsonl" || harmless.All(at => at == new FileInfo(file).Length - 1), file);
        }
    }

    [Fact]
    public async Task Each_byte_of_a_small_envelope_in_a_registry_is_noticed()
    {
        var envelope = await CraftedEnvelope.OfAsync(_store);
        var address = envelope.ToRegistry(_registry);
        await IsSameAsync(envelope, () => EnvelopeResolver.OpenAsync(address, _target.Store));

        foreach (var (name, content) in _registry.Manifests.Where(one => one.Key.StartsWith("sha256:", StringComparison.Ordinal)).Concat(_registry.Blobs).ToList())
        {
            for (var position = 0; position < content.Length; position += content == envelope.Manifest ? 1 : 5)
            {
                content[position] ^= 1;
                await Failure.OfAsync(EnvelopeError.Damaged, () => IsSameAsync(envelope, () => EnvelopeResolver.OpenAsync(address, _target.Store)), name[7..19]);
                content[position] ^= 1;
            }
        }
    }

    [Fact]
    public async Task A_byte_anywhere_in_a_large_file_is_noticed_or_does_not_matter()
    {
        var random = new Random(1);
        var weights = new byte[8 << 20];
        random.NextBytes(weights);
        var envelope = (await CraftedEnvelope.OfAsync(_store)).WithFile("state/weights/value.json", weights);
        var path = await envelope.ToArchiveAsync(_target.At("large.envelope"));
        var places = Places(envelope, (int)new FileInfo(path).Length).ToList();
        var harmless = await HarmlessAsync(
            path, Enumerable.Range(0, 150).Select(_ => random.Next(places.Count)), envelope, () => EnvelopeArchive.OpenAsync(path));

        Assert.All(harmless, position => Assert.NotEqual("content", places[position]));
    }

    /// <summary>Changes single bytes of a file.</summary>
    /// <returns>The positions of those that nobody notices, and that change nothing.</returns>
    private static async Task<List<int>> HarmlessAsync(
        string path, IEnumerable<int> positions, CraftedEnvelope envelope, Func<Task<ResolvedEnvelope>> open)
    {
        var harmless = new List<int>();
        await IsSameAsync(envelope, open);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var one = new byte[1];
        foreach (var position in positions)
        {
            RandomAccess.Read(file, one, position);
            RandomAccess.Write(file, [(byte)(one[0] ^ (1 << (position % 8)))], position);
            try
            {
                await IsSameAsync(envelope, open);
                harmless.Add(position);
            }
            catch (EnvelopeException)
            {
                // told
            }

            RandomAccess.Write(file, one, position);
        }

        return harmless;
    }

    private static async Task IsSameAsync(CraftedEnvelope envelope, Func<Task<ResolvedEnvelope>> open)
    {
        var (content, journal) = await open();
        await content.VerifyAsync();
        Assert.Equal(envelope.Digest, content.Digest);
        Assert.Equal(Encoding.UTF8.GetString(envelope.Journal), Encoding.UTF8.GetString(JournalLines.Write(journal.Events)));
    }

    /// <summary>What each byte of the file is.</summary>
    private static IEnumerable<string> Places(CraftedEnvelope envelope, int length)
    {
        var places = new List<string>();
        foreach (var (name, content) in envelope.Entries())
        {
            var kind = name is "oci-layout" or "index.json" or "journal.jsonl" ? "document" : "content";
            places.AddRange(Enumerable.Repeat("header", PlainTar.Block).Concat(Enumerable.Repeat(kind, content.Length)));
            places.AddRange(Enumerable.Repeat("filling", (PlainTar.Block - (content.Length % PlainTar.Block)) % PlainTar.Block));
        }

        return places.Concat(Enumerable.Repeat("filling", length - places.Count));
    }
}
