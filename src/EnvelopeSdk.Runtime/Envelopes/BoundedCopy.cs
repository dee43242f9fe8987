namespace EnvelopeSdk.Envelopes;

/// <summary>Copies what comes from others, of which nobody knows where it ends.</summary>
internal static class BoundedCopy
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Copies as much as was promised, and at most one byte more: enough to see that it is too much.</summary>
    public static async ValueTask CopyPromisedAsync(
        this Stream source, Stream target, long promised, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        for (var left = promised + 1; left > 0;)
        {
            var wanted = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
            var read = await source.ReadAsync(wanted, cancellationToken);
            if (read == 0)
            {
                return;
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }
}
