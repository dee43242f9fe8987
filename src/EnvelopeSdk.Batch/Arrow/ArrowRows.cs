using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>Rows of Arrow ("Arrow Columnar Format", IPC streaming and file format), batch by batch.</summary>
internal sealed class ArrowRows : IDisposable
{
    private readonly EndedStream? _stream; // null if they are found by a footer
    private readonly ArrowStreamReader _reader;
    private readonly IReadOnlyList<LongOffsets> _columns;
    private RecordBatch? _given; // as it was read, of which the one that was given has the values

    private ArrowRows(ArrowStreamReader reader, EndedStream? stream, IReadOnlyList<LongOffsets> columns) =>
        (_reader, _stream, _columns) = (reader, stream, columns);

    /// <summary>Its columns; null before rows were asked for, and if it has none.</summary>
    public ArrowSchema? Schema => _reader.Schema;

    /// <summary>Whether what was read last is the mark of its end.</summary>
    public bool IsAtMark => _stream?.IsAtMark != false;

    /// <summary>Reads how a stream begins.</summary>
    /// <param name="content">The stream, at its begin.</param>
    /// <param name="of">What it is, as a message names it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">A column is of a type that is not read.</exception>
    public static async Task<ArrowRows> OpenAsync(Stream content, string of, CancellationToken cancellationToken)
    {
        var header = await ArrowHeader.ReadAsync(content, of, cancellationToken);
        var stream = new EndedStream(content, header.Begun);
        MemoryAllocator memory = header.HasDictionaries ? new KeptMemory() : new NativeMemoryAllocator();
        return new(new(stream, memory, new ArrowCodecs(), leaveOpen: true), stream, header.Columns);
    }

    /// <summary>Reads the footer of a file.</summary>
    public static async Task<ArrowRows> OpenByFooterAsync(Stream content)
    {
        var reader = new ArrowFileReader(content, new KeptMemory(), new ArrowCodecs(), leaveOpen: true);
        await reader.RecordBatchCountAsync();
        return new(reader, null, []);
    }

    /// <summary>The next rows, which live until more are asked for; null at the end.</summary>
    public async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        _given?.Dispose();
        _given = null;
        var next = await _reader.ReadNextRecordBatchAsync(cancellationToken);
        if (next is null || _columns.Count == 0)
        {
            return next;
        }

        _given = next;
        return LongOffsets.Shortened(_columns, next);
    }

    /// <summary>Whether more follows behind what was read.</summary>
    public async ValueTask<bool> GoesOnAsync(CancellationToken cancellationToken) =>
        _stream is not null && await _stream.ReadAsync(new byte[1], cancellationToken) > 0;

    public void Dispose()
    {
        _given?.Dispose();
        _reader.Dispose();
    }
}
