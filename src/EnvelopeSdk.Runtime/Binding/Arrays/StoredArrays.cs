using System.Buffers.Binary;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>
/// The arrays of one piece of state that are stored beside its JSON. They are kept, and not copied, until they are
/// written.
/// </summary>
internal sealed class StoredArrays
{
    /// <summary>From how many bytes on an array is stored in binary form.</summary>
    public const int Least = 1024;

    /// <summary>The most that is written at once.</summary>
    private const int PieceLength = 4 << 20;

    /// <summary>Shorter pieces are put together.</summary>
    private const int BufferLength = 256 * 1024;

    private readonly List<StoredArray> _arrays = [];
    private readonly List<(int Place, string Suffix)> _places = [];

    /// <summary>Those that were added, in their order.</summary>
    public IReadOnlyList<StoredArray> Arrays => _arrays;

    /// <summary>Adds an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="place">Where in the JSON it belongs, in bytes.</param>
    /// <param name="suffix">What is behind the name of its place in its own; nothing for what the place holds.</param>
    /// <returns>Its number.</returns>
    public int Add(StoredArray array, int place, string suffix = "")
    {
        _arrays.Add(array);
        _places.Add((place, suffix));
        return _arrays.Count - 1;
    }

    /// <summary>Writes all arrays as one safetensors file.</summary>
    /// <param name="target">Takes it, and stays open.</param>
    /// <param name="json">The state in JSON.</param>
    /// <param name="parameter">The name of the constructor's parameter.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask WriteAsync(
        Stream target, ReadOnlyMemory<byte> json, string parameter, CancellationToken cancellationToken)
    {
        ArrayKind.EnsureLittleEndian();
        await target.WriteAsync(ArrayEntry.WriteHeader(Entries(json.Span, parameter)), cancellationToken);
        await Task.Run(() => WriteItems(target, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Gives arrays back what was written of them, where it has been changed since.
    /// </summary>
    /// <param name="source">What was written.</param>
    /// <param name="isWanted">Which arrays, by their numbers.</param>
    /// <returns>Whether something had been changed.</returns>
    public async Task<bool> RestoreAsync(Stream source, Predicate<int> isWanted)
    {
        var prefix = new byte[ArrayEntry.PrefixLength];
        await source.ReadExactlyAsync(prefix);
        source.Position += BinaryPrimitives.ReadInt64LittleEndian(prefix);
        return await Task.Run(() => Restore(source, isWanted));
    }

    private void WriteItems(Stream target, CancellationToken cancellationToken)
    {
        var buffered = new BufferedStream(target, BufferLength); // not disposed, which would close the target
        foreach (var part in _arrays.SelectMany(array => array.Parts))
        {
            for (long at = 0; at < part.Length; at += PieceLength)
            {
                cancellationToken.ThrowIfCancellationRequested();
                buffered.Write(part.At(at, (int)Math.Min(PieceLength, part.Length - at)));
            }
        }

        buffered.Flush();
    }

    private bool Restore(Stream source, Predicate<int> isWanted)
    {
        var isChanged = false;
        var buffer = new byte[1 << 20];
        for (var i = 0; i < _arrays.Count; i++)
        {
            if (!isWanted(i))
            {
                source.Position += _arrays[i].Length;
                continue;
            }

            foreach (var part in _arrays[i].Parts)
            {
                isChanged |= Restore(part, source, buffer);
            }
        }

        return isChanged;
    }

    private static bool Restore(ArrayItems items, Stream source, byte[] buffer)
    {
        var isChanged = false;
        for (long at = 0; at < items.Length; at += buffer.Length)
        {
            var written = buffer.AsSpan(0, (int)Math.Min(buffer.Length, items.Length - at));
            source.ReadExactly(written);
            var kept = items.At(at, written.Length);
            if (!written.SequenceEqual(kept))
            {
                written.CopyTo(kept);
                isChanged = true;
            }
        }

        return isChanged;
    }

    private IEnumerable<ArrayEntry> Entries(ReadOnlySpan<byte> json, string parameter)
    {
        var names = ArrayNames.Of(json, [.. _places.Select(one => one.Place)], parameter);
        var entries = new List<ArrayEntry>();
        var place = 0L;
        for (var i = 0; i < _arrays.Count; i++)
        {
            var (array, start) = (_arrays[i], place);
            place += array.Length;
            entries.Add(new(names[i] + _places[i].Suffix, array.Kind, array.Shape, start, place));
        }

        return entries;
    }
}
