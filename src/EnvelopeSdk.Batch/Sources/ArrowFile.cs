using Apache.Arrow;
using Apache.Arrow.Ipc;
using EnvelopeSdk.Batch.Arrow;
using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// A file of Arrow record batches: a stream that was written into a file, or one of the file format, which is a stream
/// between two marks, with a footer. It is read as a stream, since Apache.Arrow 14 finds no dictionaries by a footer;
/// but for files of writers that leave the schema to the footer, as that of JavaScript does.
/// </summary>
internal sealed class ArrowFile : IDisposable
{
    private const int BeforeStream = 8;

    private readonly string _path;
    private readonly ArrowStreamReader _reader;
    private readonly EndedStream? _stream; // null if it is read by its footer
    private RecordBatch? _first; // the schema is read with the first batch
    private readonly FileStream? _whole; // of a stream that was written into a file
    private bool _isEnded;

    private ArrowFile(
        string path, ArrowStreamReader reader, EndedStream? stream, RecordBatch? first, FileStream? whole) =>
        (_path, _reader, _stream, _first, _isEnded, _whole, Schema) =
        (path, reader, stream, first, stream is not null && first is null, whole, reader.Schema);

    /// <summary>What a file of the file format begins and ends with.</summary>
    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    public ArrowSchema Schema { get; }

    /// <exception cref="EnvelopeException">It is none.</exception>
    public static async Task<ArrowFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(path);
        try
        {
            var isFile = SkipMark(content);
            var begun = await ArrowHeader.EnsureReadAsync(content, $"'{path}'", cancellationToken);
            var stream = new EndedStream(content, begun);
            var reader = new ArrowStreamReader(stream);
            try
            {
                var first = await reader.ReadNextRecordBatchAsync(cancellationToken);
                ArrowFile opened = reader.Schema is null
                    ? throw new InvalidDataException("It has no schema.")
                    : new(path, reader, stream, first, isFile ? null : content);
                if (first is null)
                {
                    opened.EnsureEnd();
                }

                return opened;
            }
            catch (Exception failure) when (
                isFile && reader.Schema is null && failure is not OperationCanceledException)
            {
                content.Position = 0;
                var footed = new ArrowFileReader(content);
                await footed.RecordBatchCountAsync();
                return new(path, footed, null, null, null);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or EnvelopeException)
        {
            await content.DisposeAsync();
            throw;
        }
        catch (Exception failure)
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

        if (_isEnded)
        {
            return null; // the reader takes what follows for rows
        }

        try
        {
            var next = await _reader.ReadNextRecordBatchAsync(cancellationToken);
            if (next is null)
            {
                _isEnded = true;
                EnsureEnd();
            }

            return next;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or EnvelopeException))
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
        catch (Exception failure) when (
            failure is InvalidDataException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw Torn(_path, failure);
        }
    }

    public void Dispose()
    {
        _first?.Dispose();
        _reader.Dispose();
    }

    /// <summary>Goes to where the stream begins.</summary>
    /// <returns>Whether it is one of the file format.</returns>
    private static bool SkipMark(FileStream content)
    {
        var isFile = IsMark(content, 0);
        if (isFile && !IsMark(content, Math.Max(0, content.Length - Magic.Length)))
        {
            throw new InvalidDataException("It begins as a file of Arrow, and does not end as one.");
        }

        content.Position = isFile ? BeforeStream : 0;
        return isFile;
    }

    private static bool IsMark(FileStream content, long at)
    {
        Span<byte> there = stackalloc byte[Magic.Length];
        content.Position = at;
        var count = content.ReadAtLeast(there, there.Length, throwOnEndOfStream: false);
        return there[..count].SequenceEqual(Magic);
    }

    /// <exception cref="EnvelopeException">More follows, as where streams are put one behind the other.</exception>
    private void EnsureEnd()
    {
        if (_stream?.IsAtMark == false)
        {
            throw new InvalidDataException("It ends without the mark of its end.");
        }

        if (_whole?.Position < _whole?.Length)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{_path}' goes on behind the mark of its end, and what follows would not be read. Give each stream a "
                + "file of its own.");
        }
    }

    private static EnvelopeException Torn(string path, Exception failure) => new(
        EnvelopeError.Damaged,
        $"'{path}' is no whole file of Arrow record batches that can be read: {failure.Message.TrimEnd('.')}. "
        + "Compressed batches are to be written otherwise.",
        failure);
}
