namespace EnvelopeSdk.Envelopes;

/// <summary>How the files of an unpacked envelope were when they had been checked.</summary>
internal sealed record FileStamps
{
    public required IReadOnlyList<FileStamp> Files { get; init; }
}

/// <summary>A file as the file system knows it without reading it.</summary>
/// <param name="Path">Relative to the directory of the envelope.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Written">When it was written last, in UTC.</param>
internal sealed record FileStamp(string Path, long Length, DateTime Written)
{
    /// <returns>Null when there is no such file.</returns>
    public static FileStamp? Of(string directory, string path)
    {
        var file = new FileInfo(System.IO.Path.Combine(directory, path));
        return file.Exists ? new(path, file.Length, file.LastWriteTimeUtc) : null;
    }
}
