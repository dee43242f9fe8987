using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>The log of changes names what changed since a place, or says that it cannot tell.</summary>
public sealed class ChangeLogTests : IDisposable
{
    private readonly TempStore _store = new();

    private ChangeLog Log => ((FolderStore)_store.Store).Changes;

    private string FilePath => _store.In("changes");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Each_change_is_named_once_to_each_reader_and_reading_is_none()
    {
        var one = await _store.SaveAsync(1);
        var place = Log.End();
        await _store.Store.TagAsync(one, new Dictionary<string, string?> { ["team"] = "pricing" });
        var two = await _store.SaveAsync(2);
        await _store.Store.DeleteAsync(one);

        var noted = Log.Read(place);
        Assert.Equal([one, two], noted.Envelopes);
        await _store.OpenSoundAsync();
        await _store.Store.CollectAsync();
        Assert.Equal([], Log.Read(noted.Place).Envelopes);
        Assert.Equal([one, two], Log.Read(place).Envelopes);
    }

    [Fact]
    public async Task Who_comes_anew_has_to_look_at_everything()
    {
        Assert.Equal(new(null, null), Log.Read(null));
        await _store.SaveAsync(1);
        Assert.Null(Log.Read(null).Envelopes);
        Assert.Equal(new FileInfo(FilePath).Length, Log.End()!.Value.Offset);
    }

    [Fact]
    public async Task Every_changed_bit_is_noticed()
    {
        await _store.SaveAsync(1);
        var place = Log.End();
        var two = await _store.SaveAsync(2);
        var bytes = await File.ReadAllBytesAsync(FilePath);
        Assert.Equal([two], Log.Read(place).Envelopes);
        for (var bit = 8 * (int)place!.Value.Offset; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(FilePath, bytes);
            var noted = Log.Read(place);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            // Without its line feed it is the line that somebody is writing, and the next writer begins the file anew.
            Assert.True(noted.Envelopes is null || (bit / 8 == bytes.Length - 1 && noted.Envelopes.Count == 0), $"Bit {bit}.");
        }
    }

    [Fact]
    public async Task A_line_is_read_when_it_is_whole_and_a_torn_one_is_left_behind()
    {
        await _store.SaveAsync(1);
        var place = Log.End();
        var two = await _store.SaveAsync(2);
        var bytes = await File.ReadAllBytesAsync(FilePath);
        await File.WriteAllBytesAsync(FilePath, bytes[..^10]);
        var half = Log.Read(place);
        Assert.Equal(place, half.Place);
        Assert.Equal([], half.Envelopes);
        await File.WriteAllBytesAsync(FilePath, bytes);
        Assert.Equal([two], Log.Read(half.Place).Envelopes);

        await File.WriteAllBytesAsync(FilePath, bytes[..^10]);
        var three = await _store.SaveAsync(3);
        var anew = Log.Read(place);
        Assert.Null(anew.Envelopes);
        Assert.NotEqual(place!.Value.Generation, anew.Place!.Value.Generation);
        Assert.Contains(three.Digest.Hex, await File.ReadAllTextAsync(FilePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_begun_anew_when_it_is_large()
    {
        await _store.SaveAsync(1);
        var place = Log.End();
        Log.Note("house-price", Enumerable.Repeat(Digest.Of("large"u8), 20_000));
        Assert.Single(Log.Read(place).Envelopes!);
        await _store.SaveAsync(2);

        Assert.InRange(new FileInfo(FilePath).Length, 1, 1000);
        Assert.Null(Log.Read(place).Envelopes);
        Assert.Empty(Directory.EnumerateFiles(_store.Store.Address, "*.partial"));
    }
}
