namespace EnvelopeSdk.Registry.Stores.Blobs;

/// <summary>Opens what <c>--blobs</c> names.</summary>
internal static class BlobStorage
{
    private const string Scheme = "s3://";

    /// <summary>What it is called wherever the command is run.</summary>
    public static string FullName(string place) => IsFolder(place) ? Path.GetFullPath(place) : place;

    /// <param name="place">A directory, or <c>s3://BUCKET[/PREFIX]</c>.</param>
    /// <exception cref="EnvelopeException">It is neither.</exception>
    public static IBlobStorage Open(string place)
    {
        if (IsFolder(place))
        {
            return new BlobFolder(FullName(place));
        }

        if (place.StartsWith(Scheme, StringComparison.Ordinal)
            && place[Scheme.Length..].Split('/', 2) is [{ Length: > 0 } bucket, .. var rest])
        {
            var prefix = rest is [var path] && path.Trim('/') is { Length: > 0 } trimmed ? trimmed + "/" : "";
            return new S3Blobs(S3Client.Create(), bucket, prefix);
        }

        throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{place}' is no place for content. Write a directory that all instances share, or s3://BUCKET/PREFIX.");
    }

    public static bool IsFolder(string place) => !place.Contains("://", StringComparison.Ordinal)
        && !place.StartsWith("s3:", StringComparison.OrdinalIgnoreCase);
}
