namespace EnvelopeSdk.Packing;

/// <summary>Writes files that are whole or not there, whenever the process stops.</summary>
internal static class DurableFile
{
    /// <summary>Writes a file and waits until it is on the disk.</summary>
    public static async ValueTask WriteAsync(
        string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await file.WriteAsync(bytes, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Puts a file in the place of another in one step: a reader sees the old or the new one.</summary>
    public static async ValueTask ReplaceAsync(
        string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial"; // its own, whoever else replaces the file
        try
        {
            await WriteAsync(partial, bytes, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
