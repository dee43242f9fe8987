using System.Globalization;
using System.Runtime.CompilerServices;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Finds the files in a tar that somebody else may have made. Nothing is believed of it: what is no plain file or
/// folder is refused, and no length is, before it is known that so many bytes are there.
/// </summary>
/// <param name="file">The tar.</param>
internal sealed class TarEntries(FileStream file)
{
    /// <summary>Twice the files that an envelope can have.</summary>
    private const int LargestCount = 2 * ManifestReader.MostLayers;
    private const int LargestExtension = 1 << 20;

    private readonly long _end = file.Length;
    private string? _longName;
    private Dictionary<string, string> _records = [];

    /// <summary>The files and folders, in their order; of a folder the name ends with a slash.</summary>
    /// <exception cref="EnvelopeException">It is no tar, is cut short, or has what an envelope does not.</exception>
    public async IAsyncEnumerable<(string Name, long Offset, long Length)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new byte[TarHeader.Size];
        var count = 0;
        for (var position = 0L; position < _end;)
        {
            await ReadAsync(block, position, cancellationToken);
            if (!block.AsSpan().ContainsAnyExcept((byte)0))
            {
                yield break; // what lies behind the end is nobody's
            }

            var length = CheckedLength(block, position + TarHeader.Size);
            if (count++ >= LargestCount)
            {
                throw ArchiveBlobs.Unsound($"It has more than {LargestCount} entries.");
            }

            var type = TarHeader.TypeOf(block);
            var content = position + TarHeader.Size;
            if (type is 'x' or 'g' or 'L' or 'K')
            {
                await ExtendAsync(type, content, length, cancellationToken);
            }
            else
            {
                yield return (NameOf(block, type), content, length);
                (_longName, _records) = (null, []);
            }

            position = content + length + ((TarHeader.Size - (length % TarHeader.Size)) % TarHeader.Size);
        }
    }

    private long CheckedLength(byte[] block, long content)
    {
        if (!TarHeader.IsSound(block) || TarHeader.LengthOf(block) is not { } length)
        {
            throw NoTar();
        }

        var isExtension = TarHeader.TypeOf(block) is 'x' or 'g' or 'L' or 'K';
        if (!isExtension && _records.TryGetValue("size", out var said)
            && !long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            throw NoTar();
        }

        return length <= _end - content ? length : throw NoTar();
    }

    /// <summary>Reads what is said of the entry that follows, or of all.</summary>
    private async Task ExtendAsync(char type, long content, long length, CancellationToken cancellationToken)
    {
        if (length > LargestExtension)
        {
            throw ArchiveBlobs.Unsound($"It has a header of {length} bytes.");
        }

        var text = new byte[length];
        await ReadAsync(text, content, cancellationToken);
        if (type == 'L')
        {
            _longName = TarHeader.Text(text);
        }
        else if (type is 'x' or 'g')
        {
            var records = TarHeader.Records(text) ?? throw NoTar();
            if (records.Keys.FirstOrDefault(key => IsRefused(key, isOfAll: type == 'g')) is { } refused)
            {
                throw ArchiveBlobs.Unsound($"It has a header with '{SafeText.Of(refused)}', which is not read.");
            }

            _records = type == 'x' ? records : _records;
        }
    }

    /// <summary>Files with holes are stored in pieces; one name or size for all entries is no tool's work.</summary>
    private static bool IsRefused(string key, bool isOfAll) =>
        key.StartsWith("GNU.sparse.", StringComparison.Ordinal) || (isOfAll && key is "path" or "size" or "linkpath");

    private string NameOf(byte[] block, char type)
    {
        var name = _records.GetValueOrDefault("path") ?? _longName ?? TarHeader.NameOf(block);
        return type switch
        {
            '0' or '7' => name,
            '5' => name.EndsWith('/') ? name : name + "/",
            _ => throw ArchiveBlobs.Unsound(
                $"Its entry '{SafeText.Of(name)}' is {KindOf(type)}; an envelope has plain files alone."),
        };
    }

    private static string KindOf(char type) => type switch
    {
        '1' => "a hard link",
        '2' => "a symbolic link",
        '3' or '4' => "a device",
        '6' => "a pipe",
        'S' => "a file with holes",
        _ => $"of the unknown type '{SafeText.Of(type.ToString())}'",
    };

    private async Task ReadAsync(byte[] bytes, long position, CancellationToken cancellationToken)
    {
        for (var filled = 0; filled < bytes.Length;)
        {
            var read = await RandomAccess.ReadAsync(
                file.SafeFileHandle, bytes.AsMemory(filled), position + filled, cancellationToken);
            filled += read > 0 ? read : throw NoTar();
        }
    }

    private static EnvelopeException NoTar() => ArchiveBlobs.Unsound("It is not a tar file, or it is cut short.");
}
