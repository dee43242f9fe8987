using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// The keys with which this user has logged in to registries, each in a file that nobody else may read.
/// </summary>
internal static class StoredKeys
{
    /// <param name="directory">The folder of settings.</param>
    /// <param name="authority">Host, and port where it is not the usual one: <c>registry.example</c>.</param>
    /// <returns>Null when the user has not logged in there.</returns>
    public static string? Find(string directory, string authority)
    {
        try
        {
            var path = PathOf(directory, authority);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // the registry says that it has to know who asks
        }
    }

    /// <exception cref="EnvelopeException">The file cannot be written.</exception>
    public static void Keep(string directory, string authority, string key) =>
        Using(PathOf(directory, authority), path => PrivateFile.Write(path, key));

    /// <returns>Whether there was one.</returns>
    /// <exception cref="EnvelopeException">The file cannot be removed.</exception>
    public static bool Remove(string directory, string authority)
    {
        var path = PathOf(directory, authority);
        var isThere = File.Exists(path);
        Using(path, _ =>
        {
            if (isThere)
            {
                File.Delete(path);
            }
        });
        return isThere;
    }

    private static string PathOf(string directory, string authority) =>
        Path.Combine(directory, "registries", StartTokens.NameOf(authority) + ".key");

    private static void Using(string path, Action<string> action)
    {
        try
        {
            action(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The key is kept in '{path}', which cannot be changed: {failure.Message} Let its owner write it.",
                failure);
        }
    }
}
