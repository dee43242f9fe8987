namespace EnvelopeSdk.Batch.Runs;

/// <summary>A file that one process at a time has open, in a folder that goes with it.</summary>
internal static class FolderLock
{
    /// <summary>Makes a folder, if it is not there, and takes the file in it.</summary>
    /// <exception cref="IOException">Another has it, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    /// <exception cref="EnvelopeException">Somebody has a folder that is called so.</exception>
    public static FileStream Hold(string folder, string name)
    {
        while (true)
        {
            Directory.CreateDirectory(folder);
            try
            {
                var held = new FileStream(
                    Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                var isNew = held.Length == 0; // nobody has had it before
                if (IsThere(held))
                {
                    return isNew ? Alone(held, folder) : held;
                }
            }
            catch (DirectoryNotFoundException) when (Directory.Exists(Path.GetDirectoryName(folder)))
            {
                // who had it has removed the folder meanwhile
            }
        }
    }

    /// <summary>What is in the folder goes, and somebody's may be called so.</summary>
    private static FileStream Alone(FileStream held, string folder)
    {
        if (Directory.EnumerateFileSystemEntries(folder).All(one => one == held.Name))
        {
            return held;
        }

        using (held)
        {
            File.Delete(held.Name);
        }

        throw new EnvelopeException(
            EnvelopeError.Mismatch,
            $"'{folder}' is where the parts of a job would be, and no job has made it. Move it to another place, or "
            + "name another output.");
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
