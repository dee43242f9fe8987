using System.Diagnostics;
using EnvelopeSdk.Packing;
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

    [SkopeoFact]
    public async Task A_file_that_skopeo_wrote_is_read()
    {
        var saved = await _store.SaveAsync();
        var path = _store.At("skopeo.envelope");
        await SkopeoAsync("copy", Layout("latest"), $"oci-archive:{path}:v1");

        using var target = new TempStore();
        Assert.Equal(saved, await EnvelopeArchive.ImportAsync(path, target.Store));
        await IsSameAsync(saved, target.In("blobs", "sha256"));
        await target.OpenSoundAsync();
    }

    [SkopeoFact]
    public async Task A_file_of_ours_is_read_by_skopeo_and_comes_back_as_it_was()
    {
        var saved = await _store.SaveAsync();
        var (ours, copy, back) = (_store.At("ours.envelope"), _store.At("copy"), _store.At("back.envelope"));
        await EnvelopeArchive.ExportAsync(await _store.OpenSoundAsync(), await _store.Store.ReadJournalAsync(saved), ours);
        await SkopeoAsync("copy", $"oci-archive:{ours}:{saved.Digest.Short}", $"oci:{copy}:v1");
        await SkopeoAsync("copy", $"oci:{copy}:v1", $"oci-archive:{back}");

        await IsSameAsync(saved, Path.Combine(copy, "blobs", "sha256"));
        Assert.Equal(saved, (await EnvelopeArchive.OpenAsync(back)).Content.Reference);
    }

    private async Task IsSameAsync(EnvelopeReference saved, string blobs)
    {
        foreach (var blob in (await _store.OpenSoundAsync()).Blobs.Select(blob => blob.Digest).Append(saved.Digest))
        {
            Assert.Equal(await File.ReadAllBytesAsync(_store.Blob(blob)), await File.ReadAllBytesAsync(Path.Combine(blobs, blob.Hex)));
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
    public SkopeoFactAttribute() => Skip = Programs.WhySkipped("skopeo");
}
