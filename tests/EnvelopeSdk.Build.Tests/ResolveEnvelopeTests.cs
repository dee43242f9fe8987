using System.Xml.Linq;
using EnvelopeSdk.Build.Tests.Support;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
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
        var assembly = Assert.Single(task.Assemblies);
        Assert.Equal("EnvelopeSdk.Build.Tests", assembly.ItemSpec);
        Assert.True(File.Exists(assembly.GetMetadata("HintPath")));
        Assert.Equal(
            ["envelope/config.json", "envelope/envelope.json", "envelope/labels.json", "envelope/manifest.json", "envelope/state/scale/value.json"],
            task.Files.Select(file => file.GetMetadata("Link")).Order(StringComparer.Ordinal));
        Assert.All(task.Files, file => Assert.True(File.Exists(file.ItemSpec)));
    }

    [Fact]
    public async Task The_image_of_a_service_bears_the_envelopes_name_its_digest_and_the_commit_it_was_trained_at()
    {
        var saved = await EnvelopeHome.SaveAsync();
        var record = (await EnvelopeStore.Default.OpenAsync("distance")).Record;

        var labels = _home.Resolve("distance").Succeeds().Labels.ToDictionary(one => one.ItemSpec, one => one.GetMetadata("Value"));

        Assert.Equal("distance", labels["org.opencontainers.image.title"]);
        Assert.Equal("distance", labels["envelopesdk.dev/envelope"]);
        Assert.Equal(saved.Digest.ToString(), labels["envelopesdk.dev/digest"]);
        Assert.Equal(
            record.Provenance.Git is { } git ? git.Commit + (git.Dirty ? "-dirty" : "") : null,
            labels.GetValueOrDefault("org.opencontainers.image.revision"));
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
        var times = files.ConvertAll(File.GetLastWriteTimeUtc);

        Assert.Equal(files, Unpacked(_home.Resolve("distance").Succeeds()));
        Assert.Equal(times, files.ConvertAll(File.GetLastWriteTimeUtc));

        var state = files.Single(file => file.EndsWith("value.json", StringComparison.Ordinal));
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
        await EnvelopeArchive.ExportAsync(await EnvelopeStore.Default.OpenAsync("distance"), EnvelopeJournal.Empty, _home.At("Service/mail.envelope"));
        Directory.Delete(_home.At("store"), recursive: true);

        Assert.Equal(saved.ToString(), _home.Resolve("mail.envelope").Succeeds().Reference);
        _home.Resolve("other.envelope").Fails("ENVB001", _home.At("Service/other.envelope"));
    }

    [Fact]
    public async Task Restore_and_build_of_one_build_resolve_once()
    {
        await EnvelopeHome.SaveAsync();
        var build = new FakeBuildEngine();
        var restored = _home.Resolve("distance").Succeeds(build);
        Directory.Delete(_home.At("store"), recursive: true);

        Assert.Equal(restored.Reference, _home.Resolve("distance").Succeeds(build).Reference);
        _home.Resolve("distance").Fails("ENVB001", "'distance'"); // another build looks again
    }

    [Fact]
    public async Task An_envelope_file_that_is_as_it_was_is_not_read_again_and_one_that_changed_is()
    {
        await EnvelopeHome.SaveAsync(1);
        var file = _home.At("Service/mail.envelope");
        await EnvelopeArchive.ExportAsync(await EnvelopeStore.Default.OpenAsync("distance"), EnvelopeJournal.Empty, file);
        var first = _home.Resolve("mail.envelope").Succeeds();
        var written = File.GetLastWriteTimeUtc(file);
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, new byte[bytes.Length]);
        File.SetLastWriteTimeUtc(file, written);

        Assert.Equal(first.Reference, _home.Resolve("mail.envelope").Succeeds().Reference);

        var other = await EnvelopeHome.SaveAsync(2);
        await EnvelopeArchive.ExportAsync(await EnvelopeStore.Default.OpenAsync("distance"), EnvelopeJournal.Empty, file);
        Assert.Equal(other.ToString(), _home.Resolve("mail.envelope").Succeeds().Reference);
    }

    [Fact]
    public async Task What_was_resolved_is_kept_for_design_time_builds()
    {
        await EnvelopeHome.SaveAsync();
        var task = _home.Resolve("distance").Succeeds();
        var project = XElement.Load(Path.Combine(_home.UnpackDirectory, "Resolved.props"));

        Assert.Equal(task.ModelType, project.Descendants("EnvelopeModelType").Single().Value);
        Assert.Equal(
            task.Packages.Select(pin => (pin.ItemSpec, pin.GetMetadata("Version"))),
            project.Descendants("PackageReference").Select(pin => (pin.Attribute("Include")!.Value, pin.Element("Version")!.Value)));
        Assert.Equal(task.Assemblies.Single().GetMetadata("HintPath"), project.Descendants("HintPath").Single().Value);
    }

    [Fact]
    public async Task Tags_lie_beside_the_envelope_as_they_are_when_it_is_built()
    {
        var saved = await EnvelopeHome.SaveAsync();
        _home.Resolve("distance").Succeeds();
        var writer = new JournalWriter(saved.Digest, await EnvelopeStore.Default.ReadJournalAsync(saved), TimeProvider.System);
        writer.SetTag("stage", "production");
        await EnvelopeStore.Default.AppendAsync(saved, writer.Events);

        var labels = await UnpackedEnvelope.ReadLabelsAsync(_home.Resolve("distance").Succeeds().Directory);

        Assert.Equal("production", labels.Tags["stage"]);
    }

    private List<string> Unpacked(ResolveEnvelope task)
    {
        Assert.Equal(task.Directory, Assert.Single(Directory.EnumerateDirectories(_home.UnpackDirectory)));
        return [.. Directory.EnumerateFiles(task.Directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }
}
