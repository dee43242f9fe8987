using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Build.Tests.Support;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Distribution;

namespace EnvelopeSdk.Build.Tests;

/// <summary>A service of an envelope that lies in a registry, and in no store of this machine.</summary>
[Collection(nameof(RestoredProjects))]
public sealed class RegistryEnvelopeTests : IDisposable
{
    private readonly EnvelopeHome _home = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _home.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task A_digest_is_taken_from_the_registry_with_its_tags()
    {
        var (saved, pinned) = await PushAsync(2);
        var task = _home.Resolve(pinned).Succeeds();

        Assert.Equal(saved.ToString(), task.Reference);
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(task.Directory, "state/scale/value.json")));
        Assert.Equal("pricing", (await UnpackedEnvelope.ReadLabelsAsync(task.Directory)).Tags["team"]);
        Assert.False(Directory.Exists(_home.At("store")));
    }

    [Fact]
    public async Task A_digest_that_was_built_needs_no_registry_until_its_files_are_gone()
    {
        var (saved, pinned) = await PushAsync(2);
        var task = _home.Resolve(pinned).Succeeds();
        var asked = _registry.Requests.Count;

        Assert.Equal(saved.ToString(), _home.Resolve(pinned).Succeeds().Reference);
        Assert.Equal(asked, _registry.Requests.Count);

        File.Delete(Path.Combine(task.Directory, "labels.json"));
        _home.Resolve(pinned).Succeeds();
        Assert.True(_registry.Requests.Count > asked);
        Assert.True(File.Exists(Path.Combine(task.Directory, "labels.json")));
    }

    [Fact]
    public async Task A_tag_means_what_it_means_when_the_service_is_built()
    {
        var (first, _) = await PushAsync(1);
        Assert.Equal(first.ToString(), _home.Resolve(_registry.Address).Succeeds().Reference);
        var (second, _) = await PushAsync(2);

        Assert.Equal(second.ToString(), _home.Resolve(_registry.Address).Succeeds().Reference);
    }

    [Fact]
    public void What_is_not_there_or_no_address_is_told_at_its_line()
    {
        Assert.Equal(3, _home.Resolve(_registry.Address).Fails("ENVB001", "'v1'", _registry.Host).LineNumber);
        _home.Resolve("oci://host").Fails("ENVB003", "names no repository", "oci://HOST/REPOSITORY:TAG");
    }

    [Fact]
    public void A_registry_that_wants_a_password_is_told_with_how_to_log_in()
    {
        _registry.Intercept = context =>
        {
            StandInRegistry.Answer(context, 401, "", ("WWW-Authenticate", "Basic realm=\"test\""));
            return Task.FromResult(true);
        };

        _home.Resolve(_registry.Address).Fails("ENVB009", "401", $"docker login {_registry.Host}");
    }

    [Fact]
    public async Task Examples_that_cannot_be_read_are_told_since_a_service_takes_them_as_read()
    {
        var (_, pinned) = await PushAsync(2);
        var unreadable = WithExamples(pinned, "[{\"query\":\"predict\"}]");

        _home.Resolve(unreadable).Fails("ENVB002", "examples.json", "Restore it from a copy");
        _home.Resolve(pinned).Succeeds();
    }

    /// <summary>Has the registry hold the envelope with other examples, whose digests are right.</summary>
    private string WithExamples(string pinned, string examples)
    {
        var digest = pinned[(pinned.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var manifest = JsonNode.Parse(_registry.Manifests[digest])!;
        var layer = manifest["layers"]!.AsArray().Single(
            one => (string?)one!["annotations"]!["org.cncf.model.filepath"] == "examples.json")!;
        var bytes = Encoding.UTF8.GetBytes(examples);
        (layer["digest"], layer["size"]) = (Digest.Of(bytes).ToString(), bytes.Length);
        _registry.Blobs[Digest.Of(bytes).ToString()] = bytes;
        var changed = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        _registry.Manifests[Digest.Of(changed).ToString()] = changed;
        return pinned.Replace(digest, Digest.Of(changed).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Pushes what was saved in a store that is gone then.</summary>
    private async Task<(EnvelopeReference Saved, string Pinned)> PushAsync(double scale)
    {
        var model = new Distance(scale);
        var info = new EnvelopeInfo { Tags = { ["team"] = "pricing" }, Examples = [model.PredictExample(3)] };
        var saved = await Envelope.SaveAsync(model, info);
        var pinned = await EnvelopeStore.Default.PushAsync(saved, _registry.Address);
        Directory.Delete(_home.At("store"), recursive: true);
        return (saved, pinned);
    }
}
