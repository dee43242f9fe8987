using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>The order of a name's envelopes is a file that can be made again from the journals.</summary>
public sealed class OrderTests : IDisposable
{
    private readonly TempStore _store = new();

    private static readonly int LineLength = new SavedOrder("unused").Lines.Length;

    private string Order => _store.In("layouts", "house-price", "saved");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_envelope_has_one_line_however_often_it_is_saved()
    {
        var (one, two) = (await _store.SaveAsync(1), await _store.SaveAsync(2));
        await _store.SaveAsync(1);

        Assert.Equal([two, one], await _store.Store.ListAsync("house-price"));
        Assert.Equal(2 * LineLength, new FileInfo(Order).Length);
    }

    [Fact]
    public async Task The_newest_are_found_in_blocks_from_the_end()
    {
        var entries = Enumerable.Range(0, 200)
            .Select(i => new SavedEntry(DateTimeOffset.UnixEpoch.AddSeconds(i), Digest.Of([(byte)i]))).ToList();
        var order = new SavedOrder(_store.At("order"));
        await order.WriteAsync(entries.AsEnumerable().Reverse(), default);

        Assert.Equal(entries.AsEnumerable().Reverse(), order.FromNewest());
        await File.AppendAllTextAsync(order.Lines.FilePath, "2026-01-01T"); // a writer died
        Assert.Equal(entries[^1], order.FromNewest().First());

        await order.AddAsync(new(DateTimeOffset.UnixEpoch.AddSeconds(200), Digest.Of([200, 1])), default);
        Assert.Equal(201 * LineLength, new FileInfo(order.Lines.FilePath).Length);
        await order.AddAsync(new(DateTimeOffset.UnixEpoch.AddSeconds(5.5), Digest.Of([5, 5])), default);
        Assert.Equal(Digest.Of([5, 5]), order.FromNewest().ElementAt(195).Digest);
    }

    [Fact]
    public void Every_byte_of_a_line_matters()
    {
        var lines = new CheckedLines("unused", 20);
        var line = lines.Write((DateTimeOffset.UtcNow, "house-price"));
        Assert.Equal(lines.Length, line.Length);
        Assert.Equal("house-price", lines.Read(line)!.Value.Text);
        for (var bit = 0; bit < 8 * line.Length; bit++)
        {
            line[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(lines.Read(line));
            line[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public async Task The_newest_of_all_names_are_right_with_a_damaged_order_of_names_and_with_none()
    {
        List<EnvelopeReference> saved = [];
        for (var i = 0; i < 6; i++)
        {
            saved.Add(await _store.SaveAsync(i, new() { Name = $"house-{i % 3}" }));
        }

        var names = _store.In("names");
        Func<byte[], byte[]>[] damages = [one => one, Flipped, _ => [], one => [.. one.Select(b => (byte)(b ^ 1))]];
        foreach (var damage in damages)
        {
            await File.WriteAllBytesAsync(names, damage(await File.ReadAllBytesAsync(names)));
            Assert.Equal(saved.AsEnumerable().Reverse(), await _store.Store.ListNewestAsync().Select(one => one.Reference).ToListAsync());
            await _store.Store.AppendAsync(saved[^1], [Events.Saved(saved[^1].Digest, DateTimeOffset.UtcNow)]);
        }

        File.Delete(names);
        await _store.Store.DeleteAsync(saved[^1]);
        Assert.Equal(saved[..^1].AsEnumerable().Reverse(), await _store.Store.ListNewestAsync().Select(one => one.Reference).ToListAsync());
    }

    [Fact]
    public async Task Lines_of_names_that_no_longer_count_are_taken_out()
    {
        var names = new RecentNames(_store.At(""));
        await names.Lines.WriteAsync([(DateTimeOffset.UnixEpoch, "a")], default);
        for (var i = 1; i < 3000; i++)
        {
            await names.NoteAsync(i % 2 == 0 ? "a" : "b", DateTimeOffset.UnixEpoch.AddSeconds(i), () => 2, default);
        }

        Assert.InRange(names.Lines.Count, 2, 1100);
        Assert.Equal([(DateTimeOffset.UnixEpoch.AddSeconds(2999), "b"), (DateTimeOffset.UnixEpoch.AddSeconds(2998), "a")], names.FromNewest());
        await names.NoteAsync("c", DateTimeOffset.UnixEpoch, () => 3, default);
        Assert.Equal((DateTimeOffset.UnixEpoch.AddSeconds(2999), "c"), names.FromNewest().First());
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
            Assert.Equal(3 * LineLength, new FileInfo(Order).Length);
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
