namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Opens files that are there, and tells as an <see cref="EnvelopeException"/> what keeps them from being read.
/// </summary>
internal static class StoredFile
{
    /// <exception cref="EnvelopeException">The file cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            // A writer may replace it meanwhile, or take it away.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotRead(path, exception);
        }
    }

    /// <summary>What to tell of a file that is there and cannot be read.</summary>
    public static EnvelopeException NotRead(string path, Exception failure) => new(
        EnvelopeError.Unavailable,
        $"'{path}' cannot be read: {failure.Message} Fix the permissions there, and try again.",
        failure);

    /// <exception cref="EnvelopeException">The file cannot be opened.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        var bytes = new byte[file.Length];
        var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read == bytes.Length ? bytes : bytes[..read]; // a writer has cut off what a dead one had left
    }
}
