using System.Formats.Tar;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Signing;

public sealed class SigningTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _other = new();
    private readonly KeyFiles _ada = new();
    private readonly KeyFiles _bob = new();

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
        _ada.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public async Task What_a_key_signed_is_verified_with_its_public_half_and_with_no_other()
    {
        var saved = await _store.SaveAsync();
        await Failure.OfAsync(
            EnvelopeError.Untrusted, () => VerifyAsync(_store, _ada), saved.ToString(), _ada.Public, "it has no signature");

        var signed = await _store.Store.SignAsync(
            "house-price", _ada.Signing, annotations: new Dictionary<string, string> { ["reviewer"] = "José <ada>" });
        Assert.Equal((saved, true), (signed.Reference, signed.IsNew));

        var verified = await VerifyAsync(_store, _bob, _ada);
        Assert.Equal(_ada.Verification.Fingerprint, verified.Key.Fingerprint);
        Assert.Equal(("house-price", saved.Digest), (verified.Claim.Identity, verified.Claim.Envelope));
        Assert.Equal("José <ada>", verified.Claim.Annotations["reviewer"].GetString());
        await Failure.OfAsync(
            EnvelopeError.Untrusted, () => VerifyAsync(_store, _bob), _bob.Public, "one signature is by another key");
        await Failure.OfAsync(EnvelopeError.Untrusted, () => VerifyAsync(_store), "none was given");
    }

    [Fact]
    public async Task A_signature_is_of_one_envelope_and_not_of_its_name()
    {
        await _store.SaveAsync(1);
        await _store.Store.SignAsync("house-price", _ada.Signing);
        await VerifyAsync(_store, _ada);

        await _store.SaveAsync(2);
        await Failure.OfAsync(EnvelopeError.Untrusted, () => VerifyAsync(_store, _ada), "it has no signature");
    }

    [Fact]
    public async Task Signing_again_adds_nothing_and_other_keys_and_annotations_stand_beside_it()
    {
        var saved = await _store.SaveAsync();
        Assert.True((await _store.Store.SignAsync("house-price", _ada.Signing)).IsNew);
        Assert.False((await _store.Store.SignAsync(saved.ToString(), _ada.Signing)).IsNew);
        Assert.Single(await _store.Store.ReadSignaturesAsync(saved));

        Assert.True((await _store.Store.SignAsync("house-price", _bob.Signing)).IsNew);
        Assert.True((await _store.Store.SignAsync("house-price", _ada.Signing, identity: "ghcr.io/team/house")).IsNew);
        Assert.Equal(3, (await _store.Store.ReadSignaturesAsync(saved)).Count);
        await VerifyAsync(_store, _ada);
        await VerifyAsync(_store, _bob);
    }

    [Fact]
    public async Task Many_who_sign_at_once_lose_nothing()
    {
        var saved = await _store.SaveAsync();
        var keys = Enumerable.Range(0, 12).Select(_ => new KeyFiles()).ToList();
        await Task.WhenAll(keys.Select(key => Task.Run(() => EnvelopeStore.Open(_store.Store.Address).SignAsync("house-price", key.Signing))));

        Assert.Equal(keys.Count, (await _store.Store.ReadSignaturesAsync(saved)).Count);
        foreach (var key in keys)
        {
            await VerifyAsync(_store, key);
            key.Dispose();
        }
    }

    [Fact]
    public async Task Signatures_travel_in_a_file_and_join_those_that_are_there()
    {
        var saved = await _store.SaveAsync();
        await _store.Store.SignAsync("house-price", _ada.Signing);
        var file = await ExportAsync(_store, "signed.envelope");

        Assert.Equal(saved, await EnvelopeArchive.ImportAsync(file, _other.Store));
        await VerifyAsync(_other, _ada);
        await (await EnvelopeArchive.OpenAsync(file)).VerifySignatureAsync([_ada.Verification]);

        await _other.Store.SignAsync("house-price", _bob.Signing);
        await EnvelopeArchive.ImportAsync(await ExportAsync(_other, "both.envelope"), _store.Store);
        await EnvelopeArchive.ImportAsync(file, _other.Store);
        Assert.Equal(2, (await _store.Store.ReadSignaturesAsync(saved)).Count);
        Assert.Equal(2, (await _other.Store.ReadSignaturesAsync(saved)).Count);
        Assert.Equal(
            await File.ReadAllBytesAsync(await ExportAsync(_store, "one.envelope")),
            await File.ReadAllBytesAsync(await ExportAsync(_other, "two.envelope")));
    }

    [Fact]
    public async Task A_file_of_what_nobody_signed_has_no_entry_for_signatures()
    {
        await _store.SaveAsync();
        Assert.DoesNotContain("signatures.jsonl", await EntriesAsync(await ExportAsync(_store, "bare.envelope")));

        await _store.Store.SignAsync("house-price", _ada.Signing);
        Assert.Contains("signatures.jsonl", await EntriesAsync(await ExportAsync(_store, "signed.envelope")));
    }

    [Fact]
    public async Task A_file_and_what_is_not_there_are_not_signed()
    {
        await _store.SaveAsync();
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => _store.Store.SignAsync("mail.envelope", _ada.Signing), "'mail.envelope'", "envelope import");
        await Failure.OfAsync(EnvelopeError.NotFound, () => _store.Store.SignAsync("nothing", _ada.Signing), "'nothing'");
        await Failure.OfAsync(
            EnvelopeError.Invalid,
            () => _store.Store.SignAsync("house-price", _ada.Signing, annotations: new Dictionary<string, string> { [" "] = "x" }),
            "annotation has no name");
        await Failure.OfAsync(
            EnvelopeError.Invalid,
            () => _store.Store.SignAsync("house-price", _ada.Signing, annotations: new Dictionary<string, string> { ["x"] = new('x', 70_000) }),
            "fewer or shorter");
    }

    private static async Task<VerifiedSignature> VerifyAsync(TempStore store, params KeyFiles[] keys)
    {
        var resolved = await EnvelopeResolver.OpenAsync("house-price", store.Store);
        return await resolved.VerifySignatureAsync([.. keys.Select(key => key.Verification)]);
    }

    private static async Task<string> ExportAsync(TempStore store, string name)
    {
        var resolved = await EnvelopeResolver.OpenAsync("house-price", store.Store);
        await EnvelopeArchive.ExportAsync(
            resolved.Content, EnvelopeJournal.Empty, store.At(name), await resolved.ReadSignaturesAsync());
        return store.At(name);
    }

    private static async Task<List<string>> EntriesAsync(string path)
    {
        var names = new List<string>();
        await using var tar = new TarReader(File.OpenRead(path));
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
