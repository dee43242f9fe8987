namespace EnvelopeSdk.Registry.Records;

/// <summary>Files that their owner alone may read.</summary>
internal static class PrivateFile
{
    /// <summary>Makes an empty one where there is none, and lets nobody else read the one that is there.</summary>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Makes an empty one.</summary>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }
}
