using Apache.Arrow;
using EnvelopeSdk.Batch.Arrow;
using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// A file of Arrow record batches: a stream that was written into a file, or one of the file format, which is a stream
/// between two marks, with a footer. It is read as a stream, since Apache.Arrow 14 finds no dictionaries by a footer.
/// </summary>
internal sealed class ArrowFile : IDisposable
{
    private const int BeforeStream = 8;

    private readonly string _path;
    private readonly FileStream _content;
    private readonly ArrowRows _rows;
    private readonly bool _isFile;
    private RecordBatch? _first; // the schema is read with the first batch
    private bool _isEnded;

    private ArrowFile(string path, FileStream content, ArrowRows rows, bool isFile) =>
        (_path, _content, _rows, _isFile) = (path, content, rows, isFile);

    /// <summary>What a file of the file format begins and ends with.</summary>
    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    public ArrowSchema Schema => _rows.Schema!;

    /// <exception cref="EnvelopeException">It is none.</exception>
    public static async Task<ArrowFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(path);
        ArrowRows? rows = null;
        try
        {
            var isFile = SkipMark(content);
            rows = await ArrowRows.OpenAsync(
                isFile ? new EndedStream(content, FooterSchema.MessageOf(content)) : content, $"'{path}'",
                cancellationToken);
            var opened = new ArrowFile(path, content, rows, isFile);
            await opened.BeginAsync(cancellationToken);
            return opened;
        }
        catch (Exception failure) when (failure is OperationCanceledException or EnvelopeException)
        {
            rows?.Dispose();
            await content.DisposeAsync();
            throw;
        }
        catch (ArgumentNullException failure) when (failure.ParamName == "name") // as fields of Apache.Arrow say it
        {
            rows?.Dispose();
            await content.DisposeAsync();
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{path}' has a column without a name. Give it one where the file is written.");
        }
        catch (Exception failure)
        {
            rows?.Dispose();
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
            var next = await _rows.ReadAsync(cancellationToken);
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
        _rows.Dispose();
        _content.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _first = await _rows.ReadAsync(cancellationToken);
        if (_rows.Schema is null)
        {
            throw new InvalidDataException("It has no schema.");
        }

        _isEnded = _first is null;
        if (_isEnded)
        {
            EnsureEnd();
        }
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
        if (!_rows.IsAtMark)
        {
            throw new InvalidDataException("It ends without the mark of its end.");
        }

        if (!_isFile && _content.Position < _content.Length)
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
        + "Write it anew.",
        failure);
}
