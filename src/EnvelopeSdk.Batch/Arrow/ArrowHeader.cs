using System.Buffers.Binary;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>
/// The schema at the begin of an Arrow stream ("Arrow Columnar Format", encapsulated messages), of which Apache.Arrow
/// 14 does not say which column it cannot read.
/// </summary>
/// <param name="Begun">What was read of the stream, with long offsets called usual ones.</param>
/// <param name="Columns">Where columns have long offsets; none if no column does.</param>
internal sealed record ArrowHeader(ReadOnlyMemory<byte> Begun, IReadOnlyList<LongOffsets> Columns)
{
    private const int MostLength = 1 << 26;
    private const int Continuation = -1;

    /// <summary>Reads the schema.</summary>
    /// <param name="content">The stream, at its begin.</param>
    /// <param name="of">What it is, as a message names it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">A column is of a type that is not read.</exception>
    /// <exception cref="InvalidDataException">It begins as a file, which is read behind its mark.</exception>
    public static async Task<ArrowHeader> ReadAsync(Stream content, string of, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(content, [], sizeof(int), cancellationToken);
        if (before.AsSpan().SequenceEqual("ARRO"u8))
        {
            throw new InvalidDataException("it is a file of record batches (ARROW1), and not a stream of them");
        }

        if (NumberAtEnd(before) == Continuation) // which older writers do not begin with
        {
            before = await ReadAsync(content, before, sizeof(int), cancellationToken);
        }

        var message = await ReadAsync(content, [], NumberAtEnd(before), cancellationToken);
        var fields = new ArrowFields(message);
        var columns = fields.Read();
        if (fields.Unread.Count == 0)
        {
            return new((byte[])[.. before, .. message], columns);
        }

        var named = fields.Unread.Select(one => $"'{one.Field}' of {one.Type} (cast it to {one.Cast})");
        throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"{of} has columns of types that are not read: {string.Join(", ", named)}. Cast them when it is written.");
    }

    /// <returns>What was read before, and as much behind it, or as there is.</returns>
    private static async Task<byte[]> ReadAsync(
        Stream content, byte[] before, int length, CancellationToken cancellationToken)
    {
        var more = new byte[length is > 0 and <= MostLength ? length : 0];
        var count = await content.ReadAtLeastAsync(more, more.Length, throwOnEndOfStream: false, cancellationToken);
        return [.. before, .. more.AsSpan(0, count)];
    }

    private static int NumberAtEnd(ReadOnlySpan<byte> read) =>
        read.Length < sizeof(int) ? 0 : BinaryPrimitives.ReadInt32LittleEndian(read[^sizeof(int)..]);
}
