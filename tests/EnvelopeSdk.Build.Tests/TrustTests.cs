using EnvelopeSdk.Build.Tests.Support;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Build.Tests;

/// <summary>A service that says whose envelopes it is built of.</summary>
[Collection(nameof(RestoredProjects))]
public sealed class TrustTests : IDisposable
{
    private readonly EnvelopeHome _home = new();
    private readonly KeyFiles _ada = new();
    private readonly KeyFiles _bob = new();

    public void Dispose()
    {
        _home.Dispose();
        _ada.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public async Task An_envelope_that_nobody_signed_is_refused_and_not_unpacked()
    {
        var saved = await EnvelopeHome.SaveAsync();

        var error = _home.ResolveTrusting("distance", _ada.Public).Fails(
            "ENVB016", saved.ToString(), _ada.Public, "it has no signature", $"envelope sign {saved} --key");
        Assert.Equal(3, error.LineNumber);
        Assert.False(Directory.Exists(_home.UnpackDirectory));
        _home.Resolve("distance").Succeeds();
    }

    [Fact]
    public async Task One_of_several_keys_is_enough_and_that_of_another_is_not()
    {
        var saved = await EnvelopeHome.SaveAsync();
        await EnvelopeStore.Default.SignAsync("distance", _ada.Signing);

        Assert.Equal(saved.ToString(), _home.ResolveTrusting("distance", _bob.Public, _ada.Public).Succeeds().Reference);
        _home.ResolveTrusting("distance", _bob.Public).Fails("ENVB016", _bob.Public, "is by another key");
    }

    [Fact]
    public async Task A_newer_envelope_that_nobody_signed_is_refused_after_one_that_was_built()
    {
        await EnvelopeHome.SaveAsync(1);
        await EnvelopeStore.Default.SignAsync("distance", _ada.Signing);
        _home.ResolveTrusting("distance", _ada.Public).Succeeds();
        var newer = await EnvelopeHome.SaveAsync(2);

        _home.ResolveTrusting("distance", _ada.Public).Fails("ENVB016", newer.ToString());
    }

    [Fact]
    public async Task What_was_built_is_checked_again_when_the_key_changes_or_the_signature_is_taken_away()
    {
        var saved = await EnvelopeHome.SaveAsync();
        await EnvelopeStore.Default.SignAsync("distance", _ada.Signing);
        var key = _home.At("Service/key.pub");
        File.Copy(_ada.Public, key);
        _home.ResolveTrusting("distance", "key.pub").Succeeds();

        File.Copy(_bob.Public, key, overwrite: true);
        _home.ResolveTrusting("distance", "key.pub").Fails("ENVB016", key);

        File.Copy(_ada.Public, key, overwrite: true);
        _home.ResolveTrusting("distance", "key.pub").Succeeds();
        File.Delete(_home.At($"store/layouts/distance/by-digest/{saved.Digest.Hex}/signatures.jsonl"));
        _home.ResolveTrusting("distance", "key.pub").Fails("ENVB016", "it has no signature");
    }

    [Fact]
    public async Task Within_one_build_a_task_with_another_key_looks_again()
    {
        await EnvelopeHome.SaveAsync();
        await EnvelopeStore.Default.SignAsync("distance", _ada.Signing);
        var build = new FakeBuildEngine();
        _home.Resolve("distance").Succeeds(build);
        _home.ResolveTrusting("distance", _ada.Public).Succeeds(build);

        var task = _home.ResolveTrusting("distance", _bob.Public);
        task.BuildEngine = build;
        Assert.False(task.Execute());
    }

    [Fact]
    public async Task A_file_that_was_built_is_checked_again()
    {
        await EnvelopeHome.SaveAsync();
        var file = _home.At("Service/mail.envelope");
        await ExportAsync(file);
        _home.ResolveTrusting("mail.envelope", _ada.Public).Fails("ENVB016", _ada.Public);
        _home.Resolve("mail.envelope").Succeeds();
        _home.ResolveTrusting("mail.envelope", _ada.Public).Fails("ENVB016", _ada.Public);

        await EnvelopeStore.Default.SignAsync("distance", _ada.Signing);
        await ExportAsync(file);
        _home.ResolveTrusting("mail.envelope", _ada.Public).Succeeds();
        _home.ResolveTrusting("mail.envelope", _bob.Public).Fails("ENVB016", _bob.Public);
    }

    [Fact]
    public async Task A_digest_in_a_registry_is_checked_there_at_each_build()
    {
        using var registry = new StandInRegistry();
        var saved = await EnvelopeHome.SaveAsync();
        var pinned = await EnvelopeStore.Default.PushAsync(saved, registry.Address);
        _home.ResolveTrusting(pinned, _ada.Public).Fails("ENVB016", "it has no signature");

        await EnvelopeStore.Default.SignAsync(pinned, _ada.Signing);
        _home.ResolveTrusting(pinned, _ada.Public).Succeeds();
        _home.ResolveTrusting(registry.Address, _ada.Public).Succeeds();
        _home.ResolveTrusting(pinned, _bob.Public).Fails("ENVB016", _bob.Public);

        Assert.True(registry.Manifests.TryRemove($"sha256-{saved.Digest.Hex}.sig", out _));
        _home.ResolveTrusting(pinned, _ada.Public).Fails("ENVB016", "it has no signature");
        _home.Resolve(pinned).Succeeds();
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_told_whoever_signed()
    {
        await EnvelopeHome.SaveAsync();
        await EnvelopeStore.Default.SignAsync("distance", _ada.Signing);

        _home.ResolveTrusting("distance", _ada.Public, "nowhere.pub").Fails("ENVB017", _home.At("Service/nowhere.pub"));
        _home.ResolveTrusting("distance", _ada.Private).Fails("ENVB017", _ada.Private, "-pubout");
    }

    private static async Task ExportAsync(string path)
    {
        var resolved = await EnvelopeResolver.OpenAsync("distance", EnvelopeStore.Default);
        await EnvelopeArchive.ExportAsync(
            resolved.Content, EnvelopeJournal.Empty, path, await resolved.ReadSignaturesAsync());
    }
}
