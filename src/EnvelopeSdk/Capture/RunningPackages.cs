using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The packages that this process runs, as its <c>.deps.json</c> files list them. They differ from those that a library
/// was built with when the program raises a version, and then the library's list is not what the model was trained
/// with.
/// </summary>
internal static class RunningPackages
{
    /// <summary>Compares a lock with the packages of this process.</summary>
    /// <exception cref="EnvelopeException">A package runs in another version than the one in the lock.</exception>
    public static void Check(PackageLock packageLock, string assembly) =>
        Check(
            packageLock,
            assembly,
            Versions(
                (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string ?? "").Split(Path.PathSeparator, ';')
                    .Where(File.Exists).Select(File.ReadAllText)));

    internal static void Check(PackageLock packageLock, string assembly, Dictionary<string, string> running)
    {
        foreach (var package in packageLock.Packages)
        {
            if (running.TryGetValue(package.Id, out var version) && version != package.Version)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The project of '{assembly}' was built with {package.Id} {package.Version}, but this program runs "
                    + $"{version}, so the envelope would not say what the model was trained with. Reference "
                    + $"{package.Id} {version} in the project of '{assembly}' too.");
            }
        }
    }

    /// <summary>Reads the packages of <c>.deps.json</c> files, by id.</summary>
    internal static Dictionary<string, string> Versions(IEnumerable<string> depsFiles)
    {
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in depsFiles)
        {
            using var deps = JsonDocument.Parse(file);
            foreach (var library in deps.RootElement.GetProperty("libraries").EnumerateObject())
            {
                if (library.Value.GetProperty("type").ValueEquals("package")
                    && library.Name.Split('/') is [var id, var version])
                {
                    versions.TryAdd(id, version);
                }
            }
        }

        return versions;
    }
}
