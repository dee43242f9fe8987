using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;
using Microsoft.Build.Framework;

namespace EnvelopeSdk.Build;

/// <summary>
/// Writes down what a project is built with and from: the restored packages that run with it, and the assemblies that
/// come from no package. The result becomes a resource of the project's assembly.
/// </summary>
public sealed class CapturePackages : EnvelopeTask
{
    /// <summary>The project's <c>project.assets.json</c>.</summary>
    [Required]
    public string AssetsFile { get; set; } = "";

    /// <summary>The project's target framework.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The version of the .NET SDK.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";

    /// <summary>The files that the build copies to the output because references need them.</summary>
    public ITaskItem[] CopyLocalFiles { get; set; } = [];

    /// <summary>The frameworks that rooms of the platform are for: items <c>EnvelopeFramework</c>.</summary>
    public ITaskItem[] Frameworks { get; set; } = [];

    /// <summary>The packages that services are made with: items <c>EnvelopeServicePackage</c>.</summary>
    public ITaskItem[] ServicePackages { get; set; } = [];

    /// <summary>The project's <c>SatelliteResourceLanguages</c>; empty for all languages.</summary>
    public string SatelliteLanguages { get; set; } = "";

    /// <summary>Where to write the lock. It is written only when it differs.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        if (AssetsReader.Read(AssetsFile) is not { } assets)
        {
            Fail(
                BuildErrors.ProjectNotRestored,
                $"'{AssetsFile}' does not exist, so the packages of the project are not known. Restore the project "
                + "(dotnet restore).");
            return;
        }

        var frameworks = FrameworkRange.Of(Frameworks);
        var graph = PackageGraph.Of(
            assets, TargetFramework, frameworks.Select(one => one.Package).ToHashSet(StringComparer.OrdinalIgnoreCase));
        Check(graph, frameworks);
        var captured = new PackageLock
        {
            Sdk = SdkVersion,
            TargetFramework = TargetFramework,
            SatelliteLanguages = SatelliteLanguages.Length == 0 ? null : SatelliteLanguages,
            Packages = graph.Own,
            Platform = graph.Platform,
            Frameworks =
            [
                .. frameworks
                    .Where(one => graph.Own.Any(own => own.Id.Equals(one.Package, StringComparison.OrdinalIgnoreCase)))
                    .Select(one => new FrameworkPackage(one.Package, one.Room, one.NativeCode)),
            ],
            Assemblies =
            [
                .. CopyLocalFiles.Where(IsLooseAssembly).Select(file => file.GetMetadata("Filename")).Distinct()
                    .Order(StringComparer.Ordinal),
            ],
        };
        WriteIfDifferent(LockFile, captured.ToJson());
    }

    private void Check(PackageGraph graph, IReadOnlyList<FrameworkRange> frameworks)
    {
        foreach (var why in graph.Own.Select(own => FrameworkRange.WhyNot(own, frameworks, "The project"))
            .OfType<string>())
        {
            Fail(BuildErrors.FrameworkNotServed, why);
        }

        var service = ServicePackage.Of(ServicePackages);
        foreach (var collision in ServicePackage.Collisions(service, graph.Own, "The project"))
        {
            Warn(BuildErrors.PackageCollision, collision + " As it is, the model can be saved but not served.");
        }

        foreach (var file in CopyLocalFiles.Where(file => IsAssembly(file) && File.Exists(file.ItemSpec)))
        {
            if (ModelContracts.Of(file.ItemSpec) is var (number, platform) && number != ModelContract.Number)
            {
                Fail(
                    BuildErrors.UnknownVersion,
                    $"The models of '{file.GetMetadata("Filename")}' were compiled by EnvelopeSdk {platform} for "
                    + $"contract {number}, and this project uses a version of contract {ModelContract.Number}. Build "
                    + $"'{file.GetMetadata("Filename")}' again with this project's version, or reference EnvelopeSdk "
                    + $"{platform} here.");
            }
        }
    }

    private static bool IsLooseAssembly(ITaskItem file) =>
        IsAssembly(file) && file.GetMetadata("NuGetPackageId").Length == 0
            && file.GetMetadata("DestinationSubDirectory").Length == 0;

    private static bool IsAssembly(ITaskItem file) =>
        file.GetMetadata("Extension").Equals(".dll", StringComparison.OrdinalIgnoreCase);

    private static void WriteIfDifferent(string path, byte[] bytes)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(path, bytes);
        }
    }
}
