namespace EnvelopeSdk.Batch.Runs;

/// <summary>A file that one process at a time has open, in a folder that goes with it.</summary>
internal static class FolderLock
{
    /// <summary>Makes a folder, if it is not there, and takes the file in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file.</param>
    /// <param name="isNew">Whether nobody has had the file before.</param>
    /// <exception cref="IOException">Another has it, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static FileStream Hold(string folder, string name, out bool isNew)
    {
        while (true)
        {
            Directory.CreateDirectory(folder);
            try
            {
                var held = new FileStream(
                    Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                isNew = held.Length == 0;
                if (IsThere(held))
                {
                    return held;
                }
            }
            catch (DirectoryNotFoundException) when (Directory.Exists(Path.GetDirectoryName(folder)))
            {
                // who had it has removed the folder meanwhile
            }
        }
    }

    /// <summary>
    /// Whether a file that was opened is still the one of its name, and not one that was removed before it was held.
    /// Another has another length. What is not there is closed.
    /// </summary>
    private static bool IsThere(FileStream held)
    {
        var isThere = false;
        try
        {
            held.SetLength(Random.Shared.Next(1, 1 << 20));
            isThere = new FileInfo(held.Name) is { Exists: true, Length: var length } && length == held.Length;
            return isThere;
        }
        finally
        {
            if (!isThere)
            {
                held.Dispose();
            }
        }
    }
}
