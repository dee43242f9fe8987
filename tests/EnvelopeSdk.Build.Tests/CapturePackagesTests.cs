using EnvelopeSdk.Build.Tests.Support;
using EnvelopeSdk.Envelopes;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EnvelopeSdk.Build.Tests;

[Collection(nameof(RestoredProjects))]
public sealed class CapturePackagesTests(RestoredProjects projects) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("envelope-build-test-");

    private string LockFile => Path.Combine(_directory.FullName, "obj", "lock.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_lock_has_the_packages_and_the_assemblies_of_no_package()
    {
        Task(
            File("bin/Zeta.dll"), File("bin/Alpha.dll"), File("bin/Alpha.dll"), File("bin/Alpha.pdb"),
            File("lib/FromPackage.dll", ("NuGetPackageId", "Direct")), File("bin/de/Alpha.resources.dll", ("DestinationSubDirectory", "de/"))).Succeeds();
        var written = PackageLock.Parse(System.IO.File.ReadAllBytes(LockFile), LockFile);

        Assert.Equal(("10.0.100", "net10.0"), (written.Sdk, written.TargetFramework));
        Assert.Equal(["Alpha", "Zeta"], written.Assemblies);
        Assert.Equal(["BelowLibrary", "Direct", "Leaf", "Middle", "OfLibrary"], written.Packages.Select(package => package.Id));
    }

    [Fact]
    public void The_lock_is_written_again_only_when_it_differs()
    {
        Task().Succeeds();
        System.IO.File.SetLastWriteTimeUtc(LockFile, DateTime.UnixEpoch);

        Task().Succeeds();
        Assert.Equal(DateTime.UnixEpoch, System.IO.File.GetLastWriteTimeUtc(LockFile));

        Task(File("bin/New.dll")).Succeeds();
        Assert.NotEqual(DateTime.UnixEpoch, System.IO.File.GetLastWriteTimeUtc(LockFile));
    }

    [Fact]
    public void A_project_that_was_not_restored_is_told_to_restore()
    {
        var task = Task();
        task.AssetsFile = projects.At("nowhere/project.assets.json");

        task.Fails("ENVB008", task.AssetsFile, "dotnet restore");
    }

    [Fact]
    public void A_lock_that_cannot_be_written_is_an_error_of_its_own()
    {
        Directory.CreateDirectory(LockFile);

        Task().Fails("ENVB009", LockFile);
    }

    private CapturePackages Task(params ITaskItem[] files) => new()
    {
        ProjectFile = projects.At("App/App.csproj"),
        AssetsFile = projects.Assets("App"),
        TargetFramework = "net10.0",
        SdkVersion = "10.0.100",
        CopyLocalFiles = files,
        LockFile = LockFile,
    };

    private static TaskItem File(string path, params (string Name, string Value)[] metadata) =>
        new(path, metadata.ToDictionary(one => one.Name, one => one.Value));
}
