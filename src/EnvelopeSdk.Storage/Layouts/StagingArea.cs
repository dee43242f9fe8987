namespace EnvelopeSdk.Layouts;

/// <summary>
/// Directories in which envelopes are written before the store takes them over. Each is held by an open file, so that
/// what a killed process left behind is recognised and removed by the next one.
/// </summary>
internal sealed class StagingArea(string root)
{
    private const string OwnerFile = "owner";

    /// <summary>Removes abandoned directories and makes a new one. The caller holds the store's lock.</summary>
    public StagingDirectory Create()
    {
        Directory.CreateDirectory(root);
        RemoveAbandoned();
        var path = Path.Combine(root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path);
        var owner = StoreLock.TryAcquire(Path.Combine(path, OwnerFile))
            ?? throw new IOException($"'{path}' cannot be held.");
        return new StagingDirectory(path, owner);
    }

    /// <summary>Removes abandoned directories. The caller holds the store's lock.</summary>
    public void RemoveAbandoned()
    {
        foreach (var directory in Directory.Exists(root) ? Directory.EnumerateDirectories(root) : [])
        {
            RemoveIfAbandoned(directory);
        }
    }

    private static void RemoveIfAbandoned(string directory)
    {
        try
        {
            using (var owner = StoreLock.TryAcquire(Path.Combine(directory, OwnerFile)))
            {
                if (owner is null)
                {
                    return;
                }
            }

            Directory.Delete(directory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its owner is removing it at this moment, or it belongs to another user.
        }
    }
}

/// <summary>A staging directory of this process. Disposing removes it with all that is still in it.</summary>
internal sealed class StagingDirectory(string path, IDisposable owner) : IDisposable
{
    public string FullPath { get; } = path;

    public void Dispose()
    {
        owner.Dispose();
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another save takes it for abandoned and removes it too; what both leave over goes with the next one.
        }
    }
}
