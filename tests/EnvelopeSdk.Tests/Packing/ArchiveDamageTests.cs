using System.Text;
using CsCheck;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

public sealed class ArchiveDamageTests : IAsyncLifetime, IDisposable
{
    private readonly TempStore _store = new();
    private byte[] _sound = [];

    public async Task InitializeAsync()
    {
        await _store.SaveAsync();
        var path = _store.At("sound.envelope");
        await EnvelopeArchive.ExportAsync(await _store.OpenSoundAsync(), EnvelopeJournal.Empty, path);
        _sound = await File.ReadAllBytesAsync(path);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_file_that_is_cut_anywhere_is_damaged_unless_only_padding_is_gone()
    {
        var padding = _sound.Length - 1 - Array.FindLastIndex(_sound, one => one != 0);
        Gen.Int[0, _sound.Length - padding - 1].Sample(
            length => Import(_sound.AsSpan(0, length).ToArray()) is EnvelopeException { Error: EnvelopeError.Damaged }, iter: 40, threads: 1);
    }

    [Fact]
    public void A_changed_byte_is_noticed_or_does_not_matter() =>
        Gen.Select(Gen.Int[0, _sound.Length - 1], Gen.Int[1, 255]).Sample(
            (position, change) =>
            {
                var changed = _sound.ToArray();
                changed[position] ^= (byte)change;
                return Import(changed) is null or EnvelopeException { Error: EnvelopeError.Damaged };
            },
            iter: 40, threads: 1);

    [Fact]
    public void A_changed_byte_in_the_headers_and_documents_at_the_front_is_noticed_or_does_not_matter() =>
        Gen.Select(Gen.Int[0, 6_000], Gen.Int[1, 255]).Sample(
            (position, change) =>
            {
                var changed = _sound.ToArray();
                changed[position] ^= (byte)change;
                return Import(changed) is null or EnvelopeException { Error: EnvelopeError.Damaged };
            },
            iter: 120, threads: 1);

    [Fact]
    public void An_entry_of_any_type_is_read_or_is_damage()
    {
        for (var type = 0; type < 128; type++)
        {
            Assert.True(Import(WithHeader((156, (byte)type))) is null or { Error: EnvelopeError.Damaged });
        }
    }

    [Fact]
    public void An_entry_with_any_header_is_read_or_is_damage() =>
        Gen.Select(Gen.Int[100, 511], Gen.Byte).Array[1, 3].Sample(
            changes => Import(WithHeader(changes)) is null or { Error: EnvelopeError.Damaged }, iter: 120, threads: 1);

    [Fact]
    public void Random_bytes_are_no_envelope() =>
        Gen.Byte.Array[0, 3_000].Sample(bytes => Import(bytes) is EnvelopeException { Error: EnvelopeError.Damaged }, iter: 100, threads: 1);

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found_and_a_damaged_one_is_named()
    {
        var path = _store.At("torn.envelope");
        await Failure.OfAsync(EnvelopeError.NotFound, () => EnvelopeArchive.ImportAsync(path, _store.Store), path);

        await File.WriteAllBytesAsync(path, _sound.AsMemory(0, _sound.Length / 2));
        await Failure.OfAsync(EnvelopeError.Damaged, () => EnvelopeArchive.ImportAsync(path, _store.Store), path);
        await Failure.OfAsync(EnvelopeError.Damaged, () => EnvelopeResolver.OpenAsync(path, _store.Store), path);
    }

    /// <summary>The file with changes to the header of index.json, whose checksum is made right again.</summary>
    private byte[] WithHeader(params ReadOnlySpan<(int Position, byte Value)> changes)
    {
        const int Header = 1024; // behind the header and the one block of oci-layout
        var changed = _sound.ToArray();
        foreach (var (position, value) in changes)
        {
            changed[Header + position] = value;
        }

        var checksum = changed.Skip(Header).Take(512).Select((one, i) => i is >= 148 and < 156 ? ' ' : (int)one).Sum();
        Encoding.ASCII.GetBytes(Convert.ToString(checksum, 8).PadLeft(6, '0') + "\0 ", changed.AsSpan(Header + 148, 8));
        return changed;
    }

    /// <summary>Imports a file, which the target store either takes whole or does not notice.</summary>
    private static EnvelopeException? Import(byte[] bytes)
    {
        using var target = new TempStore();
        var path = target.At("changed.envelope");
        File.WriteAllBytes(path, bytes);
        try
        {
            EnvelopeArchive.ImportAsync(path, target.Store).GetAwaiter().GetResult();
            target.OpenSoundAsync().GetAwaiter().GetResult();
            return null;
        }
        catch (EnvelopeException failure)
        {
            Assert.Empty(target.Store.ListNamesAsync().GetAwaiter().GetResult());
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
            return failure;
        }
    }
}
