using EnvelopeSdk.Build.Tests.Support;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Build.Tests;

[Collection(nameof(RestoredProjects))]
public sealed class ResolveEnvelopeTests : IDisposable
{
    private readonly EnvelopeHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_build_is_told_what_is_in_the_envelope()
    {
        var saved = await EnvelopeHome.SaveAsync();
        var task = _home.Resolve("distance").Succeeds();

        Assert.Equal(saved.ToString(), task.Reference);
        Assert.Equal((typeof(Distance).FullName, "EnvelopeSdk.Build.Tests"), (task.ModelType, task.ModelAssembly));
        Assert.StartsWith("sha256:", task.SchemaFingerprint, StringComparison.Ordinal);
        var assembly = Assert.Single(task.Assemblies);
        Assert.Equal("EnvelopeSdk.Build.Tests", assembly.ItemSpec);
        Assert.True(File.Exists(assembly.GetMetadata("HintPath")));
        Assert.Equal(
            ["envelope/config.json", "envelope/envelope.json", "envelope/manifest.json", "envelope/state/scale.json"],
            task.Files.Select(file => file.GetMetadata("Link")).Order(StringComparer.Ordinal));
        Assert.All(task.Files, file => Assert.True(File.Exists(file.ItemSpec)));
    }

    [Fact]
    public async Task Packages_are_pinned_to_exactly_their_versions_and_the_platforms_own_is_left_to_the_service()
    {
        await EnvelopeHome.SaveAsync();
        var task = _home.Resolve("distance").Succeeds();

        Assert.Equal(
            [("Direct", "[1.0.0]", ""), ("Middle", "[2.0.0-beta.1]", "build;analyzers;contentFiles")],
            task.Packages.Select(pin => (pin.ItemSpec, pin.GetMetadata("Version"), pin.GetMetadata("ExcludeAssets"))));
    }

    [Fact]
    public async Task A_second_run_writes_no_file_and_a_damaged_one_is_unpacked_again()
    {
        await EnvelopeHome.SaveAsync();
        var files = Unpacked(_home.Resolve("distance").Succeeds());
        files.ForEach(file => File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch));

        Assert.Equal(files, Unpacked(_home.Resolve("distance").Succeeds()));
        Assert.All(files, file => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file)));

        var state = files.Single(file => file.EndsWith("scale.json", StringComparison.Ordinal));
        await File.WriteAllTextAsync(state, "3");
        _home.Resolve("distance").Succeeds();
        Assert.Equal("2", await File.ReadAllTextAsync(state));
    }

    [Fact]
    public async Task A_newer_envelope_takes_the_place_of_the_older()
    {
        await EnvelopeHome.SaveAsync(1);
        var older = _home.Resolve("distance").Succeeds();
        var saved = await EnvelopeHome.SaveAsync(2);
        var newer = _home.Resolve("distance").Succeeds();

        Assert.Equal(saved.ToString(), newer.Reference);
        Assert.False(Directory.Exists(older.Directory));
    }

    [Fact]
    public async Task A_file_is_looked_for_from_the_project()
    {
        var saved = await EnvelopeHome.SaveAsync();
        await EnvelopeArchive.ExportAsync(await EnvelopeStore.Default.OpenAsync("distance"), _home.At("Service/mail.envelope"));
        Directory.Delete(_home.At("store"), recursive: true);

        Assert.Equal(saved.ToString(), _home.Resolve("mail.envelope").Succeeds().Reference);
        _home.Resolve("other.envelope").Fails("ENVB001", _home.At("Service/other.envelope"));
    }

    private List<string> Unpacked(ResolveEnvelope task)
    {
        Assert.Equal(task.Directory, Assert.Single(Directory.EnumerateDirectories(_home.UnpackDirectory)));
        return [.. Directory.EnumerateFiles(task.Directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }
}
