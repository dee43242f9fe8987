using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Counts the bytes of a transfer, of whose parts several may run side by side. Without a listener, nothing.
/// </summary>
internal sealed class TransferMeter(IProgress<TransferProgress>? listener, EnvelopeContent content)
{
    private readonly Lock _lock = new();
    private readonly long _total = listener is null
        ? 0
        : content.Blobs.DistinctBy(one => one.Digest).Sum(one => one.Size);
    private long _bytes;

    /// <summary>Counts what is read; as it is where nobody listens.</summary>
    public Stream Measure(Stream source) => listener is null ? source : new MeteredStream(source, this);

    public void Add(long bytes)
    {
        if (listener is null || bytes <= 0)
        {
            return;
        }

        lock (_lock) // so that a listener never hears less than before
        {
            _bytes = Math.Min(_bytes + bytes, _total);
            listener.Report(new(_bytes, _total));
        }
    }
}
