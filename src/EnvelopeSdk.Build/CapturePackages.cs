using EnvelopeSdk.Capture;
using Microsoft.Build.Framework;

namespace EnvelopeSdk.Build;

/// <summary>
/// Writes down what a project is built with and from: the restored packages that run with it, and the assemblies that come
/// from no package. The result becomes a resource of the project's assembly.
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

    /// <summary>Where to write the lock. It is written only when it differs.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        if (AssetsReader.Read(AssetsFile) is not { } assets)
        {
            Fail(BuildErrors.ProjectNotRestored, $"'{AssetsFile}' does not exist, so the packages of the project are not known. Restore the project (dotnet restore).");
            return;
        }

        var captured = new PackageLock
        {
            Sdk = SdkVersion,
            TargetFramework = TargetFramework,
            Packages = PackageGraph.RuntimePackages(assets, TargetFramework),
            Assemblies = [.. CopyLocalFiles.Where(IsLooseAssembly).Select(file => file.GetMetadata("Filename")).Distinct().Order(StringComparer.Ordinal)],
        };
        WriteIfDifferent(LockFile, captured.ToJson());
    }

    private static bool IsLooseAssembly(ITaskItem file) =>
        file.GetMetadata("Extension").Equals(".dll", StringComparison.OrdinalIgnoreCase)
        && file.GetMetadata("NuGetPackageId").Length == 0
        && file.GetMetadata("DestinationSubDirectory").Length == 0;

    private static void WriteIfDifferent(string path, byte[] bytes)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(path, bytes);
        }
    }
}
