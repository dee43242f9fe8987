using System.Text.Json.Nodes;
using EnvelopeSdk.Build.Tests.Support;

namespace EnvelopeSdk.Build.Tests;

[Collection(nameof(RestoredProjects))]
public sealed class VerifyPackagesTests(RestoredProjects projects) : IDisposable
{
    private readonly EnvelopeHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_packages_of_the_envelope_are_accepted() =>
        (await TaskAsync(_ => { })).Succeeds();

    [Fact]
    public async Task A_package_with_another_content_is_told_with_both_hashes_and_what_to_do()
    {
        var task = await TaskAsync(libraries => libraries["Middle/2.0.0-beta.1"]!["sha512"] = "b3RoZXI=");

        task.Fails("ENVB006", "Middle 2.0.0-beta.1", "'distance'", "b3RoZXI=", "aGFzaCBvZiBtaWRkbGU=", "dotnet nuget locals");
    }

    [Fact]
    public async Task A_package_that_was_not_restored_is_told()
    {
        var task = await TaskAsync(libraries => libraries.Remove("Direct/1.0.0"));

        task.Fails("ENVB007", "Direct 1.0.0", "'distance'", "Restore the project again");
    }

    [Fact]
    public async Task A_package_of_the_platform_that_needs_a_higher_version_is_told_with_both_versions_and_the_cure()
    {
        var task = await TaskAsync(_ => { }, targets => targets["EnvelopeSdk.Service/9.0.0"] = Needing("Middle", "[2.5.0, )"));

        task.Fails("ENVB014", "'distance'", "Middle 2.0.0-beta.1", "EnvelopeSdk.Service 9.0.0", "2.5.0", "train and save again");
    }

    [Fact]
    public async Task A_package_of_the_platform_that_takes_the_version_of_the_envelope_is_accepted() =>
        (await TaskAsync(_ => { }, targets => targets["EnvelopeSdk.Service/9.0.0"] = Needing("Middle", "[2.0.0-alpha, )"))).Succeeds();

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("1.0.1", true)]
    [InlineData("0.9.0", false)]
    public async Task A_package_whose_version_a_room_asked_for_may_be_higher_but_not_lower(string restored, bool isAccepted)
    {
        var task = await TaskAsync(libraries =>
        {
            var leaf = libraries["Leaf/1.0.0"]!.DeepClone();
            libraries.Remove("Leaf/1.0.0");
            libraries[$"Leaf/{restored}"] = leaf;
        });

        if (isAccepted)
        {
            task.Succeeds();
        }
        else
        {
            task.Fails("ENVB007", "Leaf 1.0.0", "0.9.0 was restored");
        }
    }

    [Fact]
    public async Task A_package_whose_version_a_room_asked_for_has_in_that_version_the_content_that_it_was_saved_with()
    {
        var task = await TaskAsync(libraries => libraries["Leaf/1.0.0"]!["sha512"] = "b3RoZXI=");

        task.Fails("ENVB006", "Leaf 1.0.0", "b3RoZXI=", "aGFzaCBvZiBsZWFm");
    }

    [Fact]
    public async Task A_service_that_was_not_restored_is_told_to_restore()
    {
        var task = await TaskAsync(_ => { });
        File.Delete(task.AssetsFile);

        task.Fails("ENVB008", task.AssetsFile, "dotnet restore");
    }

    [Fact]
    public async Task An_envelope_that_was_not_unpacked_is_told()
    {
        var task = await TaskAsync(_ => { });
        task.EnvelopeDirectory = _home.At("nowhere");

        task.Fails("ENVB001", _home.At("nowhere"));
    }

    private static JsonObject Needing(string package, string range) =>
        new() { ["type"] = "package", ["dependencies"] = new JsonObject { [package] = range } };

    /// <summary>A task for assets that have the envelope's packages, after a change to them.</summary>
    private async Task<VerifyPackages> TaskAsync(Action<JsonObject> changeLibraries, Action<JsonObject>? changeTarget = null)
    {
        await EnvelopeHome.SaveAsync();
        var locked = (await EnvelopeStore.Default.OpenAsync("distance")).Record.Packages.Packages.ToDictionary(package => package.Id);
        var assets = JsonNode.Parse(await File.ReadAllTextAsync(projects.Assets("App")))!;
        var libraries = assets["libraries"]!.AsObject();
        libraries["Direct/1.0.0"]!["sha512"] = locked["Direct"].ContentHash;
        libraries["Middle/2.0.0-beta.1"]!["sha512"] = locked["Middle"].ContentHash;
        libraries["Leaf/1.0.0"]!["sha512"] = locked["Leaf"].ContentHash;
        changeLibraries(libraries);
        changeTarget?.Invoke(assets["targets"]!.AsObject().First().Value!.AsObject());
        var path = _home.At("Service/obj/project.assets.json");
        var resolved = _home.Resolve("distance").Succeeds();
        await File.WriteAllTextAsync(path, assets.ToJsonString());
        return new VerifyPackages { ProjectFile = _home.At("Service/Service.csproj"), AssetsFile = path, EnvelopeDirectory = resolved.Directory };
    }
}
