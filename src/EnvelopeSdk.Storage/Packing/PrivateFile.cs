using System.Text;

namespace EnvelopeSdk.Packing;

/// <summary>Writes files that nobody but their owner may read.</summary>
internal static class PrivateFile
{
    /// <summary>The rights of such a file.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a line, in place of what was there.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        using (var stream = new FileStream(partial, Options(FileMode.CreateNew)))
        {
            stream.Write(Encoding.UTF8.GetBytes(text + Environment.NewLine));
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        DurableFile.SyncDirectoryOf(path);
    }

    /// <summary>Makes an empty one where there is none, and lets nobody else read the one that is there.</summary>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Mode);
        }
    }

    /// <summary>Makes an empty one.</summary>
    public static void Create(string path) => new FileStream(path, Options(FileMode.CreateNew)).Dispose();

    /// <summary>How such a file is opened for its writer alone.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        return options;
    }
}
