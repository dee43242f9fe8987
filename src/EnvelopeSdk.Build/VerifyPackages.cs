using EnvelopeSdk.Envelopes;
using Microsoft.Build.Framework;
using NuGet.ProjectModel;
using NuGet.Versioning;

namespace EnvelopeSdk.Build;

/// <summary>
/// Compares the packages that were restored for a service with those that its envelope was saved with.
/// </summary>
public sealed class VerifyPackages : EnvelopeTask
{
    /// <summary>The service's <c>project.assets.json</c>.</summary>
    [Required]
    public string AssetsFile { get; set; } = "";

    /// <summary>The unpacked <c>envelope.json</c>'s directory.</summary>
    [Required]
    public string EnvelopeDirectory { get; set; } = "";

    /// <summary>
    /// The frameworks that restored rooms are for, those of others than this platform among them: items
    /// <c>EnvelopeFramework</c>.
    /// </summary>
    public ITaskItem[] Frameworks { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        if (AssetsReader.Read(AssetsFile) is not { } assets)
        {
            Fail(
                BuildErrors.ProjectNotRestored,
                $"'{AssetsFile}' does not exist, so the packages of the service are not known. Restore the project "
                + "(dotnet restore).");
            return;
        }

        var record = UnpackedEnvelope.OpenAsync(EnvelopeDirectory).GetAwaiter().GetResult().Record;
        CheckNeeds(assets, record);
        var frameworks = FrameworkRange.Of(Frameworks);
        foreach (var package in record.Packages.Packages)
        {
            var other = assets.Libraries
                .FirstOrDefault(library => package.Id.Equals(library.Name, StringComparison.OrdinalIgnoreCase))
                ?.Version;
            if (!package.RaisedByRoom || other is null || other <= NuGetVersion.Parse(package.Version))
            {
                Verify(
                    package,
                    record.Name,
                    assets.GetLibrary(package.Id, NuGetVersion.Parse(package.Version))?.Sha512,
                    other);
            }

            if (FrameworkRange.WhyNot(package, frameworks, $"The model of the envelope '{record.Name}'") is { } why)
            {
                Fail(BuildErrors.FrameworkNotServed, why);
            }
        }
    }

    /// <summary>A package of the service that needs a higher version of one of the model's than it gets.</summary>
    private void CheckNeeds(LockFile assets, EnvelopeRecord record)
    {
        var pinned = record.Packages.Packages.Select(package => package.Id)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var restored = assets.Targets.Where(target => target.RuntimeIdentifier is null)
            .SelectMany(target => target.Libraries).ToList();
        foreach (var (library, need) in restored.Where(library => !pinned.Contains(library.Name!))
            .SelectMany(library => library.Dependencies.Where(need => pinned.Contains(need.Id))
                .Select(need => (library, need))))
        {
            var version = restored.FirstOrDefault(
                one => need.Id.Equals(one.Name, StringComparison.OrdinalIgnoreCase))?.Version;
            if (version is not null && !need.VersionRange.Satisfies(version))
            {
                Fail(
                    BuildErrors.PackageCollision,
                    $"The model of the envelope '{record.Name}' uses {need.Id} {version}, and the service's "
                    + $"{library.Name} {library.Version} needs {need.VersionRange.PrettyPrint()}: both cannot be in "
                    + $"one program. Reference {need.Id} {need.VersionRange.MinVersion} in the training project, train "
                    + $"and save again; or use a version of {library.Name} that takes {need.Id} {version}.");
            }
        }
    }

    private void Verify(LockedPackage package, string envelope, string? restored, NuGetVersion? other)
    {
        if (restored is null)
        {
            var what = other is null
                ? "which was not restored. Restore the project again"
                : $"but {other} was restored. Remove the project's own reference to it, or restore again";
            Fail(
                BuildErrors.PackageNotRestored,
                $"The envelope '{envelope}' was saved with the package {package.Id} {package.Version}, {what}; if it "
                + "stays so, find out what else in the build changes the package.");
        }
        else if (restored != package.ContentHash)
        {
            Fail(
                BuildErrors.PackageChanged,
                $"The package {package.Id} {package.Version} is not the one that the envelope '{envelope}' was saved "
                + $"with: its content hash is {restored} instead of {package.ContentHash}. Delete it from the package "
                + "cache (dotnet nuget locals global-packages --list) and restore again; if it stays so, a feed serves "
                + "another package under this version.");
        }
    }
}
