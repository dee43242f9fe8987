using System.Buffers.Binary;
using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>
/// Reads the arrays of a safetensors file in their order, each straight to where it is to lie, and hashes on the way what
/// it reads: all of the file, unless arrays of it are lent.
/// </summary>
internal sealed class ArrayReader : IDisposable
{
    /// <summary>From how many bytes on an array that is still in memory is lent rather than read.</summary>
    public const long LeastLent = 16 << 20;

    private const int PieceLength = 4 << 20;
    private const int BufferLength = 256 * 1024;

    private readonly Stream _source;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly IReadOnlyList<StoredArray>? _lenders;
    private readonly IReadOnlyList<ArrayEntry> _entries;
    private readonly CancellationToken _cancellationToken;
    private Task _hashing = Task.CompletedTask;
    private int _next;
    private int _bufferStart;
    private int _bufferEnd;

    /// <summary>Begins to read a file.</summary>
    /// <param name="source">The file at its start; disposing closes it.</param>
    /// <param name="lenders">
    /// The arrays that were written into it, to lend them instead of reading the like of them; null to read all.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FormatException">It is no such file; the message says why.</exception>
    /// <exception cref="EndOfStreamException">It is shorter than it says.</exception>
    public ArrayReader(
        Stream source, IReadOnlyList<StoredArray>? lenders, CancellationToken cancellationToken = default)
    {
        ArrayKind.EnsureLittleEndian();
        (_source, _lenders, _cancellationToken) = (source, lenders, cancellationToken);
        Span<byte> prefix = stackalloc byte[ArrayEntry.PrefixLength];
        Read(prefix);
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > ArrayEntry.LongestHeader || length > source.Length - prefix.Length)
        {
            throw new FormatException($"Its header is said to have {length} bytes.");
        }

        var header = new byte[length];
        Read(header);
        _entries = ArrayEntry.ReadHeader(header);
        var items = _entries.Count == 0 ? 0 : _entries[^1].End;
        if (items != source.Length - prefix.Length - length)
        {
            throw new FormatException(
                $"Its arrays have {items} bytes in all, and {source.Length - prefix.Length - length} are there.");
        }
    }

    /// <summary>The numbers of the arrays that were lent.</summary>
    public HashSet<int> Lent { get; } = [];

    /// <summary>Whether all arrays were read.</summary>
    public bool IsAtEnd => _next == _entries.Count;

    /// <summary>Goes to the next array, whose items have to be read, or be lent, next.</summary>
    /// <param name="number">The number that it has to have: from zero, by their order.</param>
    /// <returns>Null when the next array is another one, or there is none.</returns>
    public ArrayEntry? Next(int number) => number == _next && !IsAtEnd ? _entries[_next++] : null;

    /// <summary>The value that the last array was written from, when that is large and of the type.</summary>
    public T? Borrow<T>()
        where T : class
    {
        var number = _next - 1;
        if (_lenders?[number] is not { Length: >= LeastLent, Value: T value } lender)
        {
            return null;
        }

        var buffered = _bufferEnd - _bufferStart;
        (_bufferStart, _bufferEnd) = (0, 0);
        _source.Position += lender.Length - buffered;
        Lent.Add(number);
        return value;
    }

    /// <summary>Reads the items that come next.</summary>
    /// <exception cref="EndOfStreamException">The file has become shorter.</exception>
    public void Read(ArrayItems items)
    {
        var isDirect = false;
        for (long at = 0; at < items.Length;)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var left = items.Length - at;
            if (_bufferStart == _bufferEnd && left >= BufferLength)
            {
                var (start, count) = (at, (int)Math.Min(PieceLength, left));
                _source.ReadExactly(items.At(start, count));
                Hash(() => _hash.AppendData(items.At(start, count)));
                at += count;
                isDirect = true;
            }
            else
            {
                var count = (int)Math.Min(BufferLength, left);
                at += ReadSome(items.At(at, count));
            }
        }

        if (isDirect)
        {
            _hashing.GetAwaiter().GetResult(); // who gets the items may change them
        }
    }

    /// <summary>Reads the items that come next, of a type.</summary>
    /// <exception cref="EndOfStreamException">The file has become shorter.</exception>
    /// <exception cref="FormatException">They are none of the type.</exception>
    public void ReadChecked<T>(ArrayItems items)
    {
        Read(items);
        if (!ArrayKind.AreValid<T>(items))
        {
            throw new FormatException("A boolean in it is neither 0 nor 1.");
        }
    }

    /// <summary>The digest of the whole file, all of which has been read.</summary>
    public Digest Finish()
    {
        _hashing.GetAwaiter().GetResult();
        return Digest.FromHash(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _hashing.Wait();
        _hash.Dispose();
        _source.Dispose();
    }

    private void Read(Span<byte> target)
    {
        while (target.Length > 0)
        {
            target = target[ReadSome(target)..];
        }
    }

    private int ReadSome(Span<byte> target)
    {
        if (_bufferStart == _bufferEnd)
        {
            _hashing.GetAwaiter().GetResult(); // it may still read what is in the buffer
            (_bufferStart, _bufferEnd) = (0, _source.Read(_buffer));
            if (_bufferEnd == 0)
            {
                throw new EndOfStreamException();
            }

            var count = _bufferEnd;
            Hash(() => _hash.AppendData(_buffer.AsSpan(0, count)));
        }

        var read = Math.Min(target.Length, _bufferEnd - _bufferStart);
        _buffer.AsSpan(_bufferStart, read).CopyTo(target);
        _bufferStart += read;
        return read;
    }

    /// <summary>Hashes one piece while the next one is read.</summary>
    private void Hash(Action append)
    {
        _hashing.GetAwaiter().GetResult();
        _hashing = Task.Run(append);
    }
}
