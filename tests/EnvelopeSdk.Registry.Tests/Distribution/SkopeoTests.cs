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

    private static async Task<string> TextAsync(params string[] arguments) =>
        System.Text.Encoding.UTF8.GetString(await Programs.RunAsync("skopeo", arguments));

    private static string HostOf(ServedStore served) => new Uri(served.Address).Authority;
}
