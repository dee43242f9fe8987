using Apache.Arrow;
using Apache.Arrow.Ipc;
using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>Rows of Arrow ("Arrow Columnar Format", IPC streaming and file format), batch by batch.</summary>
internal sealed class ArrowRows : IDisposable
{
    private readonly EndedStream _stream;
    private readonly ArrowStreamReader _reader;
    private readonly IReadOnlyList<LongOffsets> _columns;
    private readonly BatchMemory _memory;

    private ArrowRows(
        ArrowStreamReader reader, EndedStream stream, IReadOnlyList<LongOffsets> columns, BatchMemory memory) =>
        (_reader, _stream, _columns, _memory) = (reader, stream, columns, memory);

    /// <summary>Its columns; null before rows were asked for, and if it has none.</summary>
    public ArrowSchema? Schema => _reader.Schema;

    /// <summary>Whether what was read last is the mark of its end.</summary>
    public bool IsAtMark => _stream.IsAtMark;

    /// <summary>Reads how a stream begins.</summary>
    /// <param name="content">The stream, at its begin.</param>
    /// <param name="of">What it is, as a message names it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">A column is of a type that is not read.</exception>
    public static async Task<ArrowRows> OpenAsync(Stream content, string of, CancellationToken cancellationToken)
    {
        var header = await ArrowHeader.ReadAsync(content, of, cancellationToken);
        var stream = new EndedStream(content, header.Begun);
        var memory = new BatchMemory();
        return new(new(stream, memory, new ArrowCodecs(), leaveOpen: true), stream, header.Columns, memory);
    }

    /// <summary>The next rows, which live until more are asked for; null at the end.</summary>
    /// <exception cref="InvalidDataException">They are not as many in each column.</exception>
    public async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        _memory.Free();
        if (await _reader.ReadNextRecordBatchAsync(cancellationToken) is not { } next)
        {
            return null;
        }

        if (next.ColumnCount != next.Schema.FieldsList.Count || next.Arrays.Any(one => one.Length != next.Length))
        {
            throw new InvalidDataException("A batch has columns of another number of rows.");
        }

        _memory.KeepDictionaries(next);
        return _columns.Count == 0 ? next : LongOffsets.Shortened(_columns, next, _memory);
    }

    /// <summary>Whether more follows behind what was read.</summary>
    public async ValueTask<bool> GoesOnAsync(CancellationToken cancellationToken) =>
        await _stream.ReadAsync(new byte[1], cancellationToken) > 0;

    public void Dispose()
    {
        _reader.Dispose();
        _memory.Dispose();
    }
}
