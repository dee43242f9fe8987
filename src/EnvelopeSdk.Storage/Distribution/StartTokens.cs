namespace EnvelopeSdk.Distribution;

/// <summary>
/// The tokens of registries that this user has started on this machine, in the user's folder of settings. The command
/// finds there what the registry asks for.
/// </summary>
internal static class StartTokens
{
    /// <summary>The folder of settings.</summary>
    public static string UserDirectory => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "envelope");

    /// <summary>The file with the token of the registry that listens at an address.</summary>
    /// <param name="directory">The folder of settings.</param>
    /// <param name="authority">Host and port: <c>127.0.0.1:5480</c>.</param>
    public static string PathOf(string directory, string authority)
    {
        return Path.Combine(directory, "registries", NameOf(authority) + ".token");
    }

    /// <summary>The file that a registry holds locked as long as it runs, however it ends.</summary>
    /// <param name="token">The file with its token.</param>
    public static string LockOf(string token) => Path.ChangeExtension(token, ".lock");

    /// <summary>What the files of a registry are called.</summary>
    public static string NameOf(string authority) => authority.ToLowerInvariant()
        .Replace("localhost", "127.0.0.1", StringComparison.Ordinal).Replace(':', '_');

    /// <returns>
    /// Null when this user has started none there that still runs: who listens there now may be somebody else.
    /// </returns>
    public static string? Find(string directory, string authority)
    {
        try
        {
            var path = PathOf(directory, authority);
            return File.Exists(path) && IsHeld(LockOf(path)) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // the registry says that it has to know who asks
        }
    }

    private static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
