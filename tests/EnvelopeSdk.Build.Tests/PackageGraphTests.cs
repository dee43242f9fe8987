using System.Text.Json;
using EnvelopeSdk.Build.Tests.Support;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Build.Tests;

[Collection(nameof(RestoredProjects))]
public class PackageGraphTests(RestoredProjects projects)
{
    [Fact]
    public void All_packages_that_run_with_the_project_are_there_and_those_it_keeps_to_itself_are_not()
    {
        var packages = Own("App", "net10.0");

        // Tool is private, and so is ToolOnly, which comes with it alone; Leaf comes with Direct too.
        Assert.Equal(
            [("BelowLibrary", "4.5.6"), ("Direct", "1.0.0"), ("Leaf", "1.0.0"), ("Middle", "2.0.0-beta.1"), ("OfLibrary", "1.0.0")],
            packages.Select(package => (package.Id, package.Version)));
    }

    [Fact]
    public void Only_what_the_project_asks_for_itself_is_direct()
    {
        var packages = Own("App", "net10.0");

        Assert.Equal("Direct", Assert.Single(packages, package => package.Direct).Id);
    }

    [Fact]
    public void The_content_hash_is_the_one_that_NuGet_keeps_beside_the_package()
    {
        foreach (var package in Own("App", "net10.0"))
        {
            var metadata = File.ReadAllBytes(projects.At($"packages/{package.Id.ToLowerInvariant()}/{package.Version}/.nupkg.metadata"));
            Assert.Equal(JsonElement.Parse(metadata).GetProperty("contentHash").GetString(), package.ContentHash);
        }
    }

    [Fact]
    public void A_framework_whose_platform_version_NuGet_fills_in_is_found_by_the_name_in_the_project() =>
        Assert.Equal("Leaf", Assert.Single(Own("Windows", "net10.0-windows")).Id);

    [Fact]
    public void A_package_that_the_project_keeps_to_itself_and_that_runs_with_it_is_there_and_one_that_runs_tests_is_not() =>
        Assert.Equal(["BelowKept", "Kept", "xunitarian"], Own("Keeps", "net10.0").Select(package => package.Id));

    [Fact]
    public void A_version_that_only_a_framework_room_asks_for_is_marked_as_the_rooms()
    {
        Assert.Equal(
            [("Equal", "1.0.0", false), ("Framework", "1.0.0", false), ("Shared", "1.5.0", true)],
            Own("WithRoom", "net10.0", "Framework").Select(one => (one.Id, one.Version, one.RaisedByRoom)));
    }

    [Fact]
    public void A_version_that_the_project_asks_for_too_is_its_own() =>
        Assert.DoesNotContain(Own("WithRoomAndShared", "net10.0", "Framework"), package => package.RaisedByRoom);

    private IReadOnlyList<LockedPackage> Own(string project, string framework, params string[] frameworks) =>
        PackageGraph.Of(AssetsReader.Read(projects.Assets(project))!, framework, frameworks.ToHashSet()).Own;
}
