using System.Text;
using CsCheck;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>
/// Files that were sound before something happened to them. An import ends with the same envelope or an error, and
/// leaves nothing half done and nothing elsewhere.
/// </summary>
public sealed class MutatedArchiveTests : IAsyncLifetime, IDisposable
{
    private readonly TempStore _store = new();
    private CraftedEnvelope _sound = null!;

    public async Task InitializeAsync() => _sound = await CraftedEnvelope.OfAsync(_store);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Entries_that_are_dropped_doubled_renamed_or_in_another_order_give_the_same_or_an_error()
    {
        var mutation = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 100], Gen.Int[0, 100]);
        mutation.Array[1, 3].Sample(
            mutations =>
            {
                var entries = _sound.Entries().ToList();
                foreach (var (kind, one, other) in mutations.Where(_ => entries.Count > 0))
                {
                    Mutate(entries, kind, one % entries.Count, other % entries.Count);
                }

                ImportsTheSameOrNothing(PlainTar.Of(entries));
            },
            iter: 120, threads: 1);
    }

    [Fact]
    public void Bytes_that_are_changed_cut_out_or_put_in_give_the_same_or_an_error()
    {
        var mutation = Gen.Select(Gen.Int[0, 4], Gen.Double[0, 1], Gen.Int[1, 2_000], Gen.Byte);
        var sound = PlainTar.Of(_sound.Entries());
        mutation.Array[1, 4].Sample(
            mutations =>
            {
                var bytes = sound.ToList();
                foreach (var (kind, where, length, value) in mutations.Where(_ => bytes.Count > 0))
                {
                    Mutate(bytes, kind, (int)(where * (bytes.Count - 1)), length, value);
                }

                ImportsTheSameOrNothing([.. bytes]);
            },
            iter: 200, threads: 1);
    }

    [Fact]
    public void Entries_in_any_order_give_the_same()
    {
        var entries = _sound.Entries().ToArray();
        Gen.Shuffle(entries).Sample(shuffled => Assert.True(ImportsTheSameOrNothing(PlainTar.Of(shuffled))), iter: 20, threads: 1);
    }

    private static void Mutate(List<(string Name, byte[] Content)> entries, int kind, int one, int other)
    {
        switch (kind)
        {
            case 0:
                entries.RemoveAt(one);
                break;
            case 1:
                entries.Insert(other, entries[one]);
                break;
            case 2:
                (entries[one], entries[other]) = (entries[other], entries[one]);
                break;
            case 3:
                entries[one] = (entries[other].Name, entries[one].Content);
                break;
            default:
                entries[one] = ("../" + entries[one].Name, entries[one].Content);
                break;
        }
    }

    private static void Mutate(List<byte> bytes, int kind, int at, int length, byte value)
    {
        length = Math.Min(length, bytes.Count - at);
        switch (kind)
        {
            case 0:
                bytes[at] = value;
                break;
            case 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            default:
                bytes.InsertRange(at, Enumerable.Repeat(value, length));
                break;
        }
    }

    /// <returns>Whether it was taken.</returns>
    private bool ImportsTheSameOrNothing(byte[] bytes)
    {
        using var target = new TempStore();
        var path = target.At("mutated.envelope");
        File.WriteAllBytes(path, bytes);
        bool isTaken;
        try
        {
            Assert.Equal(_sound.Reference, EnvelopeArchive.ImportAsync(path, target.Store).GetAwaiter().GetResult());
            isTaken = true;
        }
        catch (EnvelopeException failure)
        {
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
            isTaken = false;
        }

        var files = Directory.EnumerateFiles(target.At("."), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(target.At("."), file));
        Assert.All(files, file => Assert.True(file == "mutated.envelope" || file.StartsWith("store", StringComparison.Ordinal), file));
        Assert.True(!Directory.Exists(target.In("staging")) || Directory.GetFileSystemEntries(target.In("staging")).Length == 0);
        if (!isTaken)
        {
            Assert.Empty(target.Store.ListNamesAsync().GetAwaiter().GetResult());
            Assert.False(Directory.Exists(target.In("blobs")));
            return false;
        }

        Assert.Equal(_sound.Digest, target.OpenSoundAsync().GetAwaiter().GetResult().Digest);
        var known = target.Store.ReadJournalAsync(_sound.Reference).GetAwaiter().GetResult().Events;
        var written = Encoding.UTF8.GetString(_sound.Journal);
        Assert.All(known.Where(one => one.Who is not null), one => Assert.Contains(Encoding.UTF8.GetString(JournalLines.Write([one])), written, StringComparison.Ordinal));
        return true;
    }
}
