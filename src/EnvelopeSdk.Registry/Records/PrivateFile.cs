namespace EnvelopeSdk.Registry.Records;

/// <summary>Files that their owner alone may read.</summary>
internal static class PrivateFile
{
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
