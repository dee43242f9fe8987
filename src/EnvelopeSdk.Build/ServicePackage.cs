using EnvelopeSdk.Envelopes;
using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace EnvelopeSdk.Build;

/// <summary>
/// A package that every service is made with, as the platform declares it with an item <c>EnvelopeServicePackage</c>. A
/// model that pins another one cannot be served: the two cannot be in one program.
/// </summary>
/// <param name="Id">The package.</param>
/// <param name="Version">
/// The lowest version that the service runs with; it runs with higher ones of the same major version.
/// </param>
internal sealed record ServicePackage(string Id, NuGetVersion Version)
{
    public static IEnumerable<ServicePackage> Of(IEnumerable<ITaskItem> items) =>
        items.Select(item => new ServicePackage(item.ItemSpec, NuGetVersion.Parse(item.GetMetadata("Version"))));

    /// <summary>Which packages of a model collide with those of its services, in words, with the cure.</summary>
    public static IEnumerable<string> Collisions(
        IEnumerable<ServicePackage> service, IEnumerable<LockedPackage> model, string subject) =>
        from mine in service
        from other in model
        where other.Id.Equals(mine.Id, StringComparison.OrdinalIgnoreCase)
            && !mine.Accepts(NuGetVersion.Parse(other.Version))
        select $"{subject} uses {other.Id} {other.Version}, and a service is made with {mine.Id} {mine.Version}: both "
            + $"cannot be in one program. Use {mine.Id} {mine.Version} or a higher {mine.Version.Major}.x in the "
            + "training project, or leave the package that brings it out of the model's project; then train and save "
            + "again.";

    private bool Accepts(NuGetVersion version) => version >= Version && version.Major == Version.Major;
}
