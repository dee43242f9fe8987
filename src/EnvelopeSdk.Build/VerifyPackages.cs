using EnvelopeSdk.Capture;
using EnvelopeSdk.Packing;
using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace EnvelopeSdk.Build;

/// <summary>Compares the packages that were restored for a service with those that its envelope was saved with.</summary>
public sealed class VerifyPackages : EnvelopeTask
{
    /// <summary>The service's <c>project.assets.json</c>.</summary>
    [Required]
    public string AssetsFile { get; set; } = "";

    /// <summary>The unpacked <c>envelope.json</c>'s directory.</summary>
    [Required]
    public string EnvelopeDirectory { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        if (AssetsReader.Read(AssetsFile) is not { } assets)
        {
            Fail(BuildErrors.ProjectNotRestored, $"'{AssetsFile}' does not exist, so the packages of the service are not known. Restore the project (dotnet restore).");
            return;
        }

        var envelope = EnvelopeContent.OpenUnpackedAsync(EnvelopeDirectory).GetAwaiter().GetResult();
        foreach (var package in envelope.Record.Packages.Packages)
        {
            var other = assets.Libraries.FirstOrDefault(library => package.Id.Equals(library.Name, StringComparison.OrdinalIgnoreCase))?.Version;
            Verify(package, envelope.Record.Name, assets.GetLibrary(package.Id, NuGetVersion.Parse(package.Version))?.Sha512, other);
        }
    }

    private void Verify(LockedPackage package, string envelope, string? restored, NuGetVersion? other)
    {
        if (restored is null && !PlatformPackages.Contains(package.Id))
        {
            Fail(BuildErrors.PackageNotRestored, $"The envelope '{envelope}' was saved with the package {package.Id} {package.Version}, {(other is null ? "which was not restored. Restore the project again" : $"but {other} was restored. Remove the project's own reference to it, or restore again")}; if it stays so, find out what else in the build changes the package.");
        }
        else if (restored is not null && restored != package.ContentHash)
        {
            Fail(BuildErrors.PackageChanged, $"The package {package.Id} {package.Version} is not the one that the envelope '{envelope}' was saved with: its content hash is {restored} instead of {package.ContentHash}. Delete it from the package cache (dotnet nuget locals global-packages --list) and restore again; if it stays so, a feed serves another package under this version.");
        }
    }
}
