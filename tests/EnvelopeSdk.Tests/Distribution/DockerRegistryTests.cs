using System.Text;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>Envelopes in a registry of others.</summary>
public sealed class DockerRegistryTests : IDisposable
{
    private readonly TempStore _one = new();
    private readonly TempStore _two = new();

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [ProgramsFact("docker-registry")]
    public async Task What_is_pushed_is_pulled_with_its_digest_and_its_journal()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var saved = await _one.SaveAsync(info: new EnvelopeInfo { Tags = { ["team"] = "José & <c++>" }, Metrics = { ["loss"] = double.NaN } });
        var address = $"oci://{registry.Host}/team/house-price:v1";

        var pushed = await _one.Store.PushAsync(saved, address);
        Assert.Equal($"oci://{registry.Host}/team/house-price@{saved.Digest}", pushed);
        Assert.Equal(saved, await _two.Store.PullAsync(address));

        Assert.Equal(saved.Digest, (await _two.OpenSoundAsync()).Digest);
        Assert.Equal(await LinesAsync(_one, saved), await LinesAsync(_two, saved));
        Assert.Equal(saved, await _two.Store.PullAsync(pushed));
    }

    [ProgramsFact("docker-registry")]
    public async Task A_second_push_sends_nothing()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var saved = await _one.SaveAsync();
        var address = $"oci://{registry.Host}/house-price";
        await _one.Store.PushAsync(saved, address);
        var before = (await registry.CountAsync("PUT"), await registry.CountAsync("POST"), await registry.CountAsync("PATCH"));
        Assert.True(before.Item1 > 0);

        await _one.Store.PushAsync(saved, address);
        Assert.Equal(
            before, (await registry.CountAsync("PUT"), await registry.CountAsync("POST"), await registry.CountAsync("PATCH")));
    }

    [ProgramsFact("docker-registry")]
    public async Task Content_goes_in_pieces_and_is_mounted_from_another_repository()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, $"oci://{registry.Host}/first");
        var pieces = await registry.CountAsync("PATCH");
        Assert.True(pieces > 2, $"{pieces} pieces");

        await _one.PushAsync(saved, $"oci://{registry.Host}/second", mountFrom: "first");
        Assert.Equal(pieces, await registry.CountAsync("PATCH"));
        Assert.Equal(saved, await _two.PullAsync($"oci://{registry.Host}/second"));
        await _two.OpenSoundAsync();
    }

    [ProgramsFact("docker-registry")]
    public async Task Connections_that_break_at_any_byte_cost_only_time()
    {
        await using var registry = await RegistryProcess.StartAsync();

        // This registry keeps no upload that broke off within a piece, so a layer begins anew after each break.
        await using var wire = new BrokenWire(registry.Host, seed: 7, most: 300_000, connections: 20);
        var saved = await _one.SaveAsync();

        var options = Shortly.Options with { Attempts = 30 };
        await _one.PushAsync(saved, $"oci://{wire.Host}/house-price", options);
        Assert.Equal(saved, await _two.PullAsync($"oci://{wire.Host}/house-price", options));
        await _two.OpenSoundAsync();
        Assert.True(wire.Breaks > 0, $"{wire.Breaks} breaks");
    }

    [ProgramsFact("docker-registry", "htpasswd")]
    public async Task A_registry_with_passwords_takes_and_gives_to_who_is_logged_in()
    {
        await using var registry = await RegistryProcess.StartAsync("ada", "s:cret");
        var saved = await _one.SaveAsync();
        var address = $"oci://{registry.Host}/team/house-price:v1";
        await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _one.PushAsync(saved, address), "401", $"docker login {registry.Host}");

        var auth = Convert.ToBase64String("ada:s:cret"u8);
        await File.WriteAllTextAsync(_one.At("config.json"), $$"""{"auths":{"{{registry.Host}}":{"auth":"{{auth}}"} } }""");
        var options = Shortly.LoggedIn(Path.GetDirectoryName(_one.At("config.json"))!);
        await _one.PushAsync(saved, address, options);
        Assert.Equal(saved, await _two.PullAsync(address, options));
        await Failure.OfAsync(EnvelopeError.Unavailable, () => _two.PullAsync(address), "401", "UNAUTHORIZED");
    }

    [ProgramsFact("docker-registry")]
    public async Task Two_stores_that_push_at_once_end_with_the_same_labels()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var saved = await _one.SaveAsync();
        var address = $"oci://{registry.Host}/house-price";
        await _one.PushAsync(saved, address);
        await _two.PullAsync(address);
        await _one.Store.TagAsync(saved, new Dictionary<string, string?> { ["stage"] = "test", ["one"] = "1" });
        await _two.Store.TagAsync(saved, new Dictionary<string, string?> { ["stage"] = "production", ["two"] = "2" });
        await _two.Store.RecordMetricAsync(saved, "r2", 0.9);
        await Task.WhenAll(_one.PushAsync(saved, address), _two.PushAsync(saved, address));
        await Task.WhenAll(_one.PullAsync(address), _two.PullAsync(address));

        Assert.Equal(await LinesAsync(_one, saved), await LinesAsync(_two, saved));
        var labels = (await _one.Store.ReadJournalAsync(saved)).Labels;
        Assert.Equal(["one", "stage", "two"], labels.Tags.Keys);
        Assert.Equal(("production", 0.9), (labels.Tags["stage"], labels.Metrics["r2"]));
    }

    [ProgramsFact("docker-registry", "skopeo")]
    public async Task Skopeo_takes_out_what_was_pushed_byte_for_byte()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, $"oci://{registry.Host}/house-price:v1");
        var copy = _one.At("copy");
        await Programs.RunAsync(
            "skopeo", "copy", "--src-tls-verify=false", $"docker://{registry.Host}/house-price:v1", $"oci:{copy}:v1");

        foreach (var digest in (await _one.OpenSoundAsync()).Blobs.Select(blob => blob.Digest).Append(saved.Digest))
        {
            var copied = Path.Combine(copy, "blobs", "sha256", digest.Hex);
            Assert.Equal(await File.ReadAllBytesAsync(_one.Blob(digest)), await File.ReadAllBytesAsync(copied));
        }
    }

    [ProgramsFact("docker-registry", "skopeo")]
    public async Task What_skopeo_put_in_is_pulled_and_counts_as_saved_then()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var saved = await _one.SaveAsync();
        await Programs.RunAsync(
            "skopeo", "copy", "--dest-tls-verify=false", $"oci:{_one.In("layouts", "house-price")}:latest",
            $"docker://{registry.Host}/house-price:v1");

        Assert.Equal(saved, await _two.PullAsync($"oci://{registry.Host}/house-price:v1"));
        await _two.OpenSoundAsync();
        await _two.PullAsync($"oci://{registry.Host}/house-price:v1");
        Assert.Single((await _two.Store.ReadJournalAsync(saved)).Events);
    }

    private static async Task<string> LinesAsync(TempStore store, EnvelopeReference saved) => Encoding.UTF8.GetString(
        JournalLines.Write((await store.Store.ReadJournalAsync(saved)).Events));
}
