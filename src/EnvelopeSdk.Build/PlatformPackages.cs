namespace EnvelopeSdk.Build;

/// <summary>
/// The platform's own packages. A service brings them in its own version, all in the same one, so that the platform can
/// improve services without touching envelopes.
/// </summary>
internal static class PlatformPackages
{
    /// <summary>The package that a service project references by itself.</summary>
    public const string Sdk = "EnvelopeSdk";

    public static bool Contains(string id) =>
        id.Equals(Sdk, StringComparison.OrdinalIgnoreCase) || id.StartsWith(Sdk + ".", StringComparison.OrdinalIgnoreCase);
}
