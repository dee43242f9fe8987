using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Packing;

/// <summary>What can be done with the content of an envelope, wherever it is.</summary>
public static class ContentExtensions
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Checks every file of an envelope against its digest, and tells how far it is.</summary>
    /// <param name="content">The envelope.</param>
    /// <param name="progress">
    /// Is told how many bytes are done, from any thread and one after the other; null: nobody.
    /// </param>
    /// <param name="cancellationToken">Stops the checking.</param>
    /// <exception cref="EnvelopeException">A file is missing or damaged.</exception>
    public static async Task VerifyAsync(
        this EnvelopeContent content, IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var meter = new TransferMeter(progress, content);
        foreach (var blob in content.Blobs.DistinctBy(one => one.Digest))
        {
            await using var source = meter.Measure(await content.OpenUncheckedAsync(blob, cancellationToken));
            if (!await IsAsync(source, blob, cancellationToken))
            {
                throw content.Changed(blob);
            }
        }
    }

    /// <summary>Reads no more than one byte behind the promised end.</summary>
    private static async Task<bool> IsAsync(Stream source, OciDescriptor blob, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var left = blob.Size + 1;
        int read;
        do
        {
            read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferSize)), cancellationToken);
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
        while (read > 0);

        return left == 1 && Digest.FromHash(hash.GetHashAndReset()) == blob.Digest;
    }
}
