using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Build;

/// <summary>
/// Whether this version of the platform can make a service of an envelope, before anything is restored for it.
/// </summary>
/// <param name="record">The envelope's record.</param>
/// <param name="files">The paths of the envelope's files.</param>
/// <param name="ranges">The frameworks that rooms of the platform are for.</param>
/// <param name="service">The packages that services are made with.</param>
internal sealed class ServableCheck(
    EnvelopeRecord record, IReadOnlyList<string> files, IReadOnlyList<FrameworkRange> ranges,
    IEnumerable<ServicePackage> service)
{
    /// <summary>What keeps it from that: ids and messages.</summary>
    /// <param name="assemblyName">The name of the service's own assembly.</param>
    /// <param name="publishAot">Whether the service is to become native code.</param>
    public IEnumerable<(string Id, string Message)> Failures(string assemblyName, bool publishAot)
    {
        if (record.Model.Contract > ModelContract.Number)
        {
            yield return (
                BuildErrors.UnknownVersion,
                $"The model of the envelope '{record.Name}' was compiled for contract {record.Model.Contract}, and "
                + $"this version of EnvelopeSdk knows contracts up to {ModelContract.Number}. Use EnvelopeSdk.Service "
                + $"{record.Model.Platform} or newer.");
        }

        if (NameTaken(assemblyName) is { } owner)
        {
            yield return (
                BuildErrors.AssemblyNameTaken,
                $"The service's assembly and {owner} are both called '{assemblyName}', and one program has one of a "
                + $"name. Rename the project, or set <AssemblyName>{assemblyName}.Service</AssemblyName> in it; a "
                + "project that is called like a package needs another <PackageId> too.");
        }

        var subject = $"The model of the envelope '{record.Name}'";
        foreach (var why in record.Packages.Packages.Select(one => FrameworkRange.WhyNot(one, ranges, subject))
            .OfType<string>())
        {
            yield return (BuildErrors.FrameworkNotServed, why);
        }

        foreach (var collision in ServicePackage.Collisions(service, record.Packages.Packages, subject))
        {
            yield return (BuildErrors.PackageCollision, collision);
        }

        if (publishAot && NotNative() is { Length: > 0 } frameworks)
        {
            yield return (
                BuildErrors.NotNative,
                $"The model of {record.Name} needs {frameworks}, and that does not run as native code. Build and "
                + "publish it without PublishAot; PublishReadyToRun shortens the start as well.");
        }
    }

    /// <summary>What in the envelope is called like the service.</summary>
    private string? NameTaken(string name)
    {
        bool IsTaken(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
        return IsTaken(record.Model.Assembly) ? "the model's"
            : files.Any(path => IsLibrary(path) && IsTaken(Path.GetFileNameWithoutExtension(path)))
                ? "one that the model uses"
            : record.Packages.Packages.Any(package => IsTaken(package.Id)) ? "a package of the model"
            : null;
    }

    private static bool IsLibrary(string path) =>
        path.StartsWith(CodePaths.Referenced, StringComparison.Ordinal)
        || path.StartsWith(CodePaths.Beside, StringComparison.Ordinal);

    private string NotNative() => string.Join(" and ", record.Packages.Packages
        .Where(package => record.Packages.Frameworks.Any(
            one => one.Package.Equals(package.Id, StringComparison.OrdinalIgnoreCase) && !one.NativeCode))
        .Select(package => $"{package.Id} {package.Version}"));
}
