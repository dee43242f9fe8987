namespace EnvelopeSdk.Envelopes;

/// <summary>Content that lies in files.</summary>
/// <param name="locate">The path at which the content of a digest lies; null for one that is not known.</param>
internal sealed class FileBlobs(Func<Digest, string?> locate) : IBlobSource
{
    /// <summary>Content in a directory, in files named by the hexadecimal digits of their digests.</summary>
    public static FileBlobs In(string directory) => new(digest => Path.Combine(directory, digest.Hex));

    public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) =>
        new(FindPath(digest) is { } path ? StoredFile.Open(path) : null);

    public string? FindPath(Digest digest) => locate(digest) is { } path && File.Exists(path) ? path : null;

    public string Describe(Digest digest) => locate(digest) ?? digest.ToString();
}
