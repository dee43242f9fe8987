namespace EnvelopeSdk.Packing;

/// <summary>
/// Has what is written through it put on the disk while more is written, so that little is left to be when a large file
/// ends. It leaves the file open.
/// </summary>
internal sealed class FlushingStream(FileStream file) : WriteOnlyStream
{
    /// <summary>After how many bytes the disk is given something to do.</summary>
    private const long Distance = 64 << 20;

    private Task _flushing = Task.CompletedTask;
    private long _unflushed;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        file.Write(buffer);
        Wrote(buffer.Length);
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await file.WriteAsync(buffer, cancellationToken);
        Wrote(buffer.Length);
    }

    public override void Flush() => file.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => file.FlushAsync(cancellationToken);

    /// <summary>Waits for the disk, whose failure is that of the file.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _flushing;
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _flushing.GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private void Wrote(int count)
    {
        _unflushed += count;
        if (_unflushed >= Distance && _flushing.IsCompleted)
        {
            _flushing.GetAwaiter().GetResult();
            _unflushed = 0;
            var handle = file.SafeFileHandle; // which empties the buffer, and so not on another thread
            _flushing = Task.Run(() => RandomAccess.FlushToDisk(handle));
        }
    }
}
