using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>The order of a name's envelopes is a file that can be made again from the journals.</summary>
public sealed class OrderTests : IDisposable
{
    private readonly TempStore _store = new();

    private string Order => _store.In("layouts", "house-price", "saved");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_envelope_has_one_line_however_often_it_is_saved()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        await _store.SaveAsync(1);

        Assert.Equal([two, one], await _store.Store.ListAsync("house-price"));
        Assert.Equal(2 * SavedEntry.Length, new FileInfo(Order).Length);
    }

    [Fact]
    public async Task The_newest_are_found_in_blocks_from_the_end()
    {
        var entries = Enumerable.Range(0, 200)
            .Select(i => new SavedEntry(DateTimeOffset.UnixEpoch.AddSeconds(i), Digest.Of([(byte)i]))).ToList();
        var order = new SavedOrder(_store.At("order"));
        await order.WriteAsync(entries.AsEnumerable().Reverse(), default);

        Assert.Equal(entries.AsEnumerable().Reverse(), order.FromNewest());
        await File.AppendAllTextAsync(order.FilePath, "2026-01-01T"); // a writer died
        Assert.Equal(entries[^1], order.FromNewest().First());

        await order.AddAsync(new(DateTimeOffset.UnixEpoch.AddSeconds(200), Digest.Of([200, 1])), default);
        Assert.Equal(201 * SavedEntry.Length, new FileInfo(order.FilePath).Length);
        await order.AddAsync(new(DateTimeOffset.UnixEpoch.AddSeconds(5.5), Digest.Of([5, 5])), default);
        Assert.Equal(Digest.Of([5, 5]), order.FromNewest().ElementAt(195).Digest);
    }

    [Fact]
    public void Every_byte_of_a_line_matters()
    {
        var line = new SavedEntry(DateTimeOffset.UtcNow, Digest.Of([1])).ToLine();
        Assert.Equal(SavedEntry.Length, line.Length);
        Assert.NotNull(SavedEntry.Read(line));
        for (var at = 0; at < line.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                line[at] ^= (byte)(1 << bit);
                Assert.Null(SavedEntry.Read(line));
                line[at] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public async Task A_damaged_order_hinders_neither_reading_nor_saving_and_is_mended_by_the_next_save()
    {
        List<EnvelopeReference> saved = [await _store.SaveAsync(1), await _store.SaveAsync(2), await _store.SaveAsync(3)];
        Func<byte[], byte[]>[] damages = [_ => [], one => [.. one.Select(b => (byte)(b ^ 1))], one => [.. one, .. one], Flipped];
        foreach (var damage in damages.Append(null))
        {
            if (damage is null)
            {
                File.Delete(Order);
            }
            else
            {
                await File.WriteAllBytesAsync(Order, damage(await File.ReadAllBytesAsync(Order)));
            }

            Assert.Equal(saved, await _store.Store.ListAsync("house-price"));
            saved = [saved[1], saved[2], saved[0]];
            await _store.Store.AppendAsync(saved[2], [Events.Saved(saved[2].Digest, DateTimeOffset.UtcNow)]);
            Assert.Equal(saved, await _store.Store.ListAsync("house-price"));
            Assert.Equal(3 * SavedEntry.Length, new FileInfo(Order).Length);
        }
    }

    [Fact]
    public async Task The_index_of_a_name_lists_the_newest_hundred_and_each_envelope_has_a_layout()
    {
        var staged = new List<EnvelopeReference>();
        for (var i = 0; i < 103; i++)
        {
            staged.Add(await _store.SaveAsync(i));
        }

        var listed = JsonNode.Parse(await File.ReadAllBytesAsync(_store.In("layouts", "house-price", "index.json")))!
            ["manifests"]!.AsArray().Select(one => (string)one!["digest"]!).ToList();
        Assert.Equal([.. staged[3..].Select(one => one.Digest.ToString()), staged[^1].Digest.ToString()], listed);

        var first = _store.In("layouts", "house-price", "by-digest", staged[0].Digest.Hex);
        Assert.True(File.Exists(Path.Combine(first, "oci-layout")));
        Assert.True(File.Exists(Path.Combine(first, "blobs", "sha256", staged[0].Digest.Hex)));
        Assert.Equal(103, (await _store.Store.ListAsync("house-price")).Count);
    }

    private static byte[] Flipped(byte[] bytes)
    {
        var flipped = bytes.ToArray();
        flipped[30] ^= 1;
        return flipped;
    }
}
