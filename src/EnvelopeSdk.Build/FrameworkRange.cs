using EnvelopeSdk.Envelopes;
using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace EnvelopeSdk.Build;

/// <summary>
/// A framework that a room of the platform is for, as the room's build assets declare it with an item
/// <c>EnvelopeFramework</c>.
/// </summary>
/// <param name="Package">The id of the framework's package.</param>
/// <param name="Room">The id of the platform's package for it.</param>
/// <param name="Versions">The versions of the framework that the room serves.</param>
/// <param name="NativeCode">Whether models of the framework run as native code.</param>
internal sealed record FrameworkRange(string Package, string Room, VersionRange Versions, bool NativeCode)
{
    /// <summary>Reads the items; of two for one package, the last.</summary>
    public static IReadOnlyList<FrameworkRange> Of(IEnumerable<ITaskItem> items) =>
    [
        .. items.Select(Of).GroupBy(one => one.Package, StringComparer.OrdinalIgnoreCase).Select(group => group.Last())
            .OrderBy(one => one.Package, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Why a package is one that the room does not serve, and the cure; null when it serves it.</summary>
    public static string? WhyNot(LockedPackage package, IEnumerable<FrameworkRange> frameworks, string subject)
    {
        var framework = frameworks.FirstOrDefault(
            one => one.Package.Equals(package.Id, StringComparison.OrdinalIgnoreCase));
        return framework is null || framework.Versions.Satisfies(NuGetVersion.Parse(package.Version))
            ? null
            : $"{subject} uses {package.Id} {package.Version}, and this version of {framework.Room} serves "
                + $"{framework.Package} {framework.Versions.PrettyPrint()}. Reference {framework.Package} in one of "
                + "these versions in the training project, train and save again; or use the version of the EnvelopeSdk "
                + $"packages that serves {package.Version}.";
    }

    private static FrameworkRange Of(ITaskItem item) => new(
        item.ItemSpec, item.GetMetadata("Room"), VersionRange.Parse(item.GetMetadata("Versions")),
        !item.GetMetadata("NativeCode").Equals("false", StringComparison.OrdinalIgnoreCase));
}
