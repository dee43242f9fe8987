using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Build;

/// <summary>
/// The platform's own packages. A service brings them in its own version, all in the same one, so that the platform can
/// improve services without touching envelopes.
/// </summary>
internal static class PlatformPackages
{
    private const string Training = "EnvelopeSdk";

    /// <summary>
    /// What training and serving have in common; a service has it in any case, and needs no more of the training side.
    /// </summary>
    private static readonly HashSet<string> Core = new(StringComparer.OrdinalIgnoreCase)
    {
        Training, "EnvelopeSdk.Runtime", "EnvelopeSdk.Storage", "EnvelopeSdk.Serving", "EnvelopeSdk.Service",
    };

    public static bool Contains(string id) =>
        id.Equals(Training, StringComparison.OrdinalIgnoreCase)
        || id.StartsWith(Training + ".", StringComparison.OrdinalIgnoreCase);

    /// <summary>The framework rooms among packages of the platform.</summary>
    public static IEnumerable<PlatformPackage> Rooms(IEnumerable<PlatformPackage> packages) =>
        packages.Where(package => IsRoom(package.Id));

    /// <summary>Whether a package is a framework room, which a service has as the training program had it.</summary>
    public static bool IsRoom(string id) => Contains(id) && !Core.Contains(id);
}
