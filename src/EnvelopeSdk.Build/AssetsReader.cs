using NuGet.Common;
using NuGet.ProjectModel;

namespace EnvelopeSdk.Build;

/// <summary>Reads what NuGet restored.</summary>
internal static class AssetsReader
{
    /// <summary>Reads a <c>project.assets.json</c>.</summary>
    /// <returns>Null when it does not exist.</returns>
    public static LockFile? Read(string path) =>
        File.Exists(path) ? new LockFileFormat().Read(path, NullLogger.Instance) : null;
}
