using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>A client of the world of containers.</summary>
public sealed class SkopeoTests : IAsyncLifetime
{
    private ServedStore _served = null!;

    public async Task InitializeAsync() => _served = await ServedStore.StartAsync(ServedStore.Linear);

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [ProgramsFact("skopeo")]
    public async Task Skopeo_takes_an_envelope_out_and_puts_it_in_elsewhere_byte_for_byte()
    {
        await using var target = await ServedStore.StartAsync();
        var content = await _served.Store.OpenAsync(ServedStore.Linear);
        var copy = _served.At("copy");
        await Programs.RunAsync(
            "skopeo", "copy", "--src-tls-verify=false", $"--src-creds=me:{ServedStore.KnownToken}", $"docker://{HostOf(_served)}/golden-linear:latest", $"oci:{copy}:v1");
        foreach (var blob in content.Blobs)
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(_served.Directory, "blobs", "sha256", blob.Digest.Hex)),
                await File.ReadAllBytesAsync(Path.Combine(copy, "blobs", "sha256", blob.Digest.Hex)));
        }

        await Programs.RunAsync(
            "skopeo", "copy", "--dest-tls-verify=false", $"--dest-creds=me:{ServedStore.KnownToken}", $"oci:{copy}:v1", $"docker://{HostOf(target)}/team/model:v1");
        Assert.Equal([content.Reference], await OtherStore.NewestAsync(target.Store));
        await OtherStore.OpenSoundAsync(target.Store, content.Reference);
    }

    [ProgramsFact("skopeo")]
    public async Task Skopeo_copies_within_the_registry_lists_and_deletes()
    {
        var host = HostOf(_served);
        await Programs.RunAsync(
            "skopeo", "copy", "--src-tls-verify=false", $"--src-creds=me:{ServedStore.KnownToken}", "--dest-tls-verify=false",
            $"--dest-creds=me:{ServedStore.KnownToken}",
            $"docker://{host}/golden-linear:latest", $"docker://{host}/team/model:v1");
        Assert.Contains("\"v1\"", await TextAsync("list-tags", "--tls-verify=false", $"--creds=me:{ServedStore.KnownToken}", $"docker://{host}/team/model"), StringComparison.Ordinal);

        await Programs.RunAsync("skopeo", "delete", "--tls-verify=false", $"--creds=me:{ServedStore.KnownToken}", $"docker://{host}/team/model:v1");
        Assert.DoesNotContain("\"v1\"", await TextAsync("list-tags", "--tls-verify=false", $"--creds=me:{ServedStore.KnownToken}", $"docker://{host}/team/model"), StringComparison.Ordinal);
    }

    [ProgramsFact("skopeo")]
    public async Task Skopeo_logs_in_with_a_key_and_may_what_the_key_may()
    {
        var host = HostOf(_served);
        var (reader, saver) = (await _served.AddKeyAsync("reader", "read"), await _served.AddKeyAsync("saver", "save", "team/*"));
        string[] Logged(string key) => ["--tls-verify=false", "--authfile", _served.At(key[..9])];
        foreach (var key in (string[])[reader, saver])
        {
            await Programs.RunAsync("skopeo", ["login", .. Logged(key), "-u", "anybody", "-p", key, host]);
        }

        var copy = $"oci:{_served.At("copy")}:v1";
        string[] Copy(string side, string key, string from, string to) =>
            ["copy", $"--{side}-tls-verify=false", "--authfile", _served.At(key[..9]), from, to];
        await Programs.RunAsync("skopeo", Copy("src", reader, $"docker://{host}/golden-linear:latest", copy));
        await Programs.RunAsync("skopeo", Copy("dest", saver, "oci:" + Thing(), $"docker://{host}/team/thing:v1"));
        await Programs.RunAsync("skopeo", ["delete", .. Logged(saver), $"docker://{host}/team/thing:v1"]);

        await FailsAsync("login", "--tls-verify=false", "-u", "a", "-p", reader + "0", host);
        await FailsAsync(Copy("dest", reader, copy, $"docker://{host}/team/model:v1"));
        await FailsAsync(Copy("dest", saver, copy, $"docker://{host}/other/model:v1"));
        await FailsAsync(Copy("dest", saver, copy, $"docker://{host}/team/model:v1")); // it is an envelope of another name
        await FailsAsync(Copy("src", saver, $"docker://{host}/golden-linear:latest", $"oci:{_served.At("more")}:v1"));
    }

    /// <summary>A layout with an image that is no envelope.</summary>
    private string Thing()
    {
        var layout = _served.At("thing");
        Directory.CreateDirectory(Path.Combine(layout, "blobs", "sha256"));
        (string, int) Blob(string text)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            var digest = EnvelopeSdk.Envelopes.Digest.Of(bytes);
            File.WriteAllBytes(Path.Combine(layout, "blobs", "sha256", digest.Hex), bytes);
            return (digest.ToString(), bytes.Length);
        }

        var (config, size) = Blob("""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""");
        var (manifest, length) = Blob(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{{config}}}","size":{{{size}}} },"layers":[]}""");
        File.WriteAllText(Path.Combine(layout, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(
            Path.Combine(layout, "index.json"),
            $$$"""{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{manifest}}}","size":{{{length}}},"annotations":{"org.opencontainers.image.ref.name":"v1"}}]}""");
        return layout + ":v1";
    }

    private static async Task FailsAsync(params string[] arguments) =>
        await Assert.ThrowsAnyAsync<Exception>(() => Programs.RunAsync("skopeo", arguments));

    private static async Task<string> TextAsync(params string[] arguments) =>
        System.Text.Encoding.UTF8.GetString(await Programs.RunAsync("skopeo", arguments));

    private static string HostOf(ServedStore served) => new Uri(served.Address).Authority;
}
