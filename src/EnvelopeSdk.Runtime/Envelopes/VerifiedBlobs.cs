using System.Security.Cryptography;

namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Opens the content of one envelope, none of which is given out before it was checked against its digest.
/// </summary>
internal readonly struct VerifiedBlobs(IBlobSource blobs, Digest envelope)
{
    private const int BufferSize = 64 * 1024;

    /// <returns>A stream that can be sought, at its start.</returns>
    public async Task<Stream> OpenAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        var self = this; // a structure's fields cannot be used behind an await
        return await self.CheckedAsync(await OpenUncheckedAsync(blob, cancellationToken), blob, cancellationToken);
    }

    /// <summary>Opens content for who checks it while reading, and does not use it before its end.</summary>
    public async Task<Stream> OpenUncheckedAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        var self = this;
        return await blobs.OpenAsync(blob.Digest, cancellationToken) ?? throw self.Damaged(blob, "is missing");
    }

    /// <summary>Says of content that it is not what its digest says.</summary>
    public EnvelopeException Changed(OciDescriptor blob) =>
        Damaged(blob, $"is not the {blob.Size} bytes that were saved");

    public async Task<byte[]> ReadAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        var self = this;
        var stream = await OpenUncheckedAsync(blob, cancellationToken);
        if (!stream.CanSeek || stream.Length != blob.Size)
        {
            await using var whole = await self.CheckedAsync(stream, blob, cancellationToken);
            return await BytesAsync(whole, cancellationToken);
        }

        // It is as large as it should be, so that it may be held while it is checked.
        await using var there = stream;
        var bytes = await BytesAsync(stream, cancellationToken);
        return Digest.Of(bytes) == blob.Digest ? bytes : throw self.Changed(blob);
    }

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new byte[stream.Length];
        if (stream is FileStream && bytes.Length <= BufferSize)
        {
            stream.ReadExactly(bytes); // is done before another thread would have begun
            return bytes;
        }

        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <returns>The stream at its start, or what was copied from it.</returns>
    private async Task<Stream> CheckedAsync(Stream stream, OciDescriptor blob, CancellationToken cancellationToken)
    {
        var self = this;
        try
        {
            if (!stream.CanSeek)
            {
                var copy = await BufferAsync(stream, blob.Size, cancellationToken);
                await stream.DisposeAsync();
                stream = copy;
            }

            if (stream.Length != blob.Size || await Digest.OfAsync(stream, cancellationToken) != blob.Digest)
            {
                throw self.Changed(blob);
            }

            stream.Position = 0;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Content that comes from afar is checked before it is used, so all of it has to be here first.</summary>
    private static async Task<Stream> BufferAsync(Stream stream, long size, CancellationToken cancellationToken)
    {
        var path = Path.Combine(
            Path.GetTempPath(), "envelope-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var copy = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose);
        try
        {
            await stream.CopyPromisedAsync(copy, size, cancellationToken);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    private EnvelopeException Damaged(OciDescriptor blob, string reason) =>
        new(
            EnvelopeError.Damaged,
            $"Envelope {envelope} is damaged: '{blobs.Describe(blob.Digest)}' ({blob.FilePath ?? blob.MediaType}) "
            + $"{reason}. Import the envelope from a copy, or save it again.");
}
