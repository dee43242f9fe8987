using Apache.Arrow;
using Apache.Arrow.Ipc;
using EnvelopeSdk.Batch.Arrow;
using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>A file of Arrow record batches: one of the file format, or a stream that was written into a file.</summary>
internal sealed class ArrowFile : IDisposable
{
    private readonly string _path;
    private readonly ArrowStreamReader _reader; // of which a reader of files is one too
    private readonly EndedStream? _stream;
    private RecordBatch? _first; // a stream's schema is read with its first batch

    private ArrowFile(string path, ArrowStreamReader reader, EndedStream? stream, RecordBatch? first) =>
        (_path, _reader, _stream, _first, Schema) = (path, reader, stream, first, reader.Schema);

    /// <summary>What an Arrow file begins with.</summary>
    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    public ArrowSchema Schema { get; }

    /// <exception cref="EnvelopeException">It is none.</exception>
    public static async Task<ArrowFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(path);
        try
        {
            if (IsFile(content))
            {
                var reader = new ArrowFileReader(content);
                await reader.RecordBatchCountAsync(); // the footer, and with it the schema
                return new(path, reader, null, null);
            }

            var stream = new EndedStream(content);
            var streamed = new ArrowStreamReader(stream);
            var first = await streamed.ReadNextRecordBatchAsync(cancellationToken);
            return streamed.Schema is null
                ? throw new InvalidDataException("It has no schema.") : new(path, streamed, stream, first);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await content.DisposeAsync();
            throw Torn(path, failure);
        }
    }

    /// <summary>The next rows; null at the end.</summary>
    /// <exception cref="EnvelopeException">It is damaged.</exception>
    public async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        try
        {
            return await _reader.ReadNextRecordBatchAsync(cancellationToken) is { } next ? next
                : _stream?.IsAtMark == false
                ? throw new InvalidDataException("It ends without the mark of its end.") : null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw Torn(_path, failure);
        }
    }

    /// <summary>Looks at rows of it, whose buffers may not be as the format says.</summary>
    /// <exception cref="EnvelopeException">They are not.</exception>
    public void Look(Action look)
    {
        try
        {
            look();
        }
        catch (InvalidDataException failure)
        {
            throw Torn(_path, failure);
        }
    }

    public void Dispose()
    {
        _first?.Dispose();
        _reader.Dispose();
    }

    private static bool IsFile(FileStream content)
    {
        Span<byte> first = stackalloc byte[6];
        var count = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return first[..count].SequenceEqual(Magic);
    }

    private static EnvelopeException Torn(string path, Exception failure) => new(
        EnvelopeError.Damaged,
        $"'{path}' is no whole file of Arrow record batches that can be read: {failure.Message.TrimEnd('.')}. "
        + "Compressed batches and columns of views are to be written otherwise.",
        failure);
}
