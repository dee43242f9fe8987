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
        var name = authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal).Replace(':', '_');
        return Path.Combine(directory, "registries", name + ".token");
    }

    /// <returns>Null when this user has started none there.</returns>
    public static string? Find(string authority)
    {
        try
        {
            var path = PathOf(UserDirectory, authority);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // the registry says that it has to know who asks
        }
    }
}
