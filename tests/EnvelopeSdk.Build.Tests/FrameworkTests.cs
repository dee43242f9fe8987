using EnvelopeSdk.Build.Tests.Support;
using EnvelopeSdk.Envelopes;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EnvelopeSdk.Build.Tests;

/// <summary>Frameworks that rooms of the platform are for, and the packages that services are made with.</summary>
[Collection(nameof(RestoredProjects))]
public sealed class FrameworkTests(RestoredProjects projects) : IDisposable
{
    private readonly EnvelopeHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("[1.0.0, 2.0.0)")]
    [InlineData("[1.0.0]")]
    public async System.Threading.Tasks.Task A_version_in_the_rooms_range_is_served(string versions)
    {
        await EnvelopeHome.SaveAsync();
        var task = _home.Resolve("distance");
        task.Frameworks = [Framework("Direct", versions)];

        task.Succeeds();
    }

    [Theory]
    [InlineData("[2.0.0, 3.0.0)")]
    [InlineData("(1.0.0, 2.0.0)")]
    public async System.Threading.Tasks.Task A_version_outside_is_told_before_anything_is_restored_with_both_versions_and_the_cure(string versions)
    {
        await EnvelopeHome.SaveAsync();
        var task = _home.Resolve("distance");
        task.Frameworks = [Framework("Direct", versions)];

        task.Fails("ENVB013", "'distance'", "Direct 1.0.0", "Room", "train and save again");
        Assert.Empty(task.Packages);
    }

    [Fact]
    public void A_training_project_is_told_too()
    {
        var task = Capture();
        task.Frameworks = [Framework("Leaf", "[2.0.0, 3.0.0)")];

        task.Fails("ENVB013", "Leaf 1.0.0", "Room");
    }

    [Fact]
    public void What_a_room_declares_is_written_down_for_the_frameworks_that_the_project_has()
    {
        var task = Capture();
        task.Frameworks = [Framework("leaf", "[1.0.0, 2.0.0)"), Framework("Absent", "[1.0.0, 2.0.0)")];
        task.Succeeds();

        var written = PackageLock.Parse(File.ReadAllBytes(task.LockFile), task.LockFile);
        Assert.Equal([new FrameworkPackage("leaf", "Room", NativeCode: false)], written.Frameworks);
    }

    [Fact]
    public async System.Threading.Tasks.Task A_package_that_cannot_be_in_a_service_is_told_with_both_versions()
    {
        await EnvelopeHome.SaveAsync();
        var task = _home.Resolve("distance");
        task.ServicePackages = [Service("direct", "2.1.0")];

        task.Fails("ENVB014", "'distance'", "Direct 1.0.0", "direct 2.1.0", "2.x");
    }

    [Theory]
    [InlineData("1.0.0", true)] // the same
    [InlineData("0.9.0", false)] // another major version, which may have taken away what the service calls
    [InlineData("1.0.1", false)] // lower than what the service needs
    public void A_training_project_is_warned_of_it(string version, bool fits)
    {
        var (task, build) = (Capture(), new FakeBuildEngine());
        task.ServicePackages = [Service("Leaf", version)];
        task.BuildEngine = build;

        Assert.True(task.Execute());
        Assert.Equal(fits ? [] : ["ENVB014"], build.Warnings.Select(warning => warning.Code));
    }

    private CapturePackages Capture() => new()
    {
        ProjectFile = projects.At("App/App.csproj"),
        AssetsFile = projects.Assets("App"),
        TargetFramework = "net10.0",
        SdkVersion = "10.0.100",
        LockFile = _home.At("lock.json"),
    };

    private static ITaskItem Framework(string package, string versions) => new TaskItem(package, new Dictionary<string, string>
    {
        ["Room"] = "Room",
        ["Versions"] = versions,
        ["NativeCode"] = "false",
    });

    private static ITaskItem Service(string package, string version) =>
        new TaskItem(package, new Dictionary<string, string> { ["Version"] = version });
}
