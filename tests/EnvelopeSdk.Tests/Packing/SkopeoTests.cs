using System.Diagnostics;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>A layout of a store in the hands of a tool of the OCI world. Without skopeo there is nothing to show.</summary>
public sealed class SkopeoTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [SkopeoFact]
    public async Task The_newest_envelope_is_inspected_as_latest()
    {
        await _store.SaveAsync(1);
        var saved = await _store.SaveAsync(2);

        Assert.Equal(await File.ReadAllBytesAsync(_store.Blob(saved.Digest)), await SkopeoAsync("inspect", "--raw", Layout("latest")));
    }

    [SkopeoFact]
    public async Task An_envelope_is_copied_byte_for_byte()
    {
        var saved = await _store.SaveAsync(1);
        await _store.SaveAsync(2);
        var copy = _store.At("copy");
        await SkopeoAsync("copy", Layout(saved.Digest.Short), $"oci:{copy}:copied");

        var blobs = (await _store.Store.OpenAsync("house-price", saved.Digest)).Blobs.Select(blob => blob.Digest.Hex).Append(saved.Digest.Hex).ToHashSet();
        Assert.Equal(blobs, Directory.EnumerateFiles(Path.Combine(copy, "blobs", "sha256")).Select(file => Path.GetFileName(file)!).ToHashSet());
        foreach (var blob in blobs)
        {
            Assert.Equal(await File.ReadAllBytesAsync(_store.In("blobs", "sha256", blob)), await File.ReadAllBytesAsync(Path.Combine(copy, "blobs", "sha256", blob)));
        }
    }

    private string Layout(string name) => $"oci:{_store.In("layouts", "house-price")}:{name}";

    private static async Task<byte[]> SkopeoAsync(params string[] arguments)
    {
        using var skopeo = Process.Start(new ProcessStartInfo("skopeo", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var output = new MemoryStream();
        await skopeo.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = await skopeo.StandardError.ReadToEndAsync();
        await skopeo.WaitForExitAsync();
        Assert.True(skopeo.ExitCode == 0, errors);
        return output.ToArray();
    }
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class SkopeoFactAttribute : FactAttribute
{
    public SkopeoFactAttribute()
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = paths.Any(path => File.Exists(Path.Combine(path, "skopeo"))) ? null : "skopeo is not installed.";
    }
}
