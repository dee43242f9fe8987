namespace EnvelopeSdk.Registry.Stores.Blobs;

/// <summary>Opens what <c>--blobs</c> names.</summary>
internal static class BlobStorage
{
    private const string Scheme = "s3://";

    /// <param name="place">A directory, or <c>s3://BUCKET[/PREFIX]</c>.</param>
    /// <exception cref="EnvelopeException">It is neither.</exception>
    public static IBlobStorage Open(string place)
    {
        if (!place.Contains("://", StringComparison.Ordinal))
        {
            return new BlobFolder(Path.GetFullPath(place));
        }

        if (place.StartsWith(Scheme, StringComparison.Ordinal)
            && place[Scheme.Length..].Split('/', 2) is [{ Length: > 0 } bucket, .. var rest])
        {
            return new S3Blobs(S3Client.Create(), bucket, rest is [{ Length: > 0 } prefix] ? prefix.Trim('/') + "/" : "");
        }

        throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{place}' is no place for content. Write a directory that all instances share, or s3://BUCKET/PREFIX.");
    }
}
