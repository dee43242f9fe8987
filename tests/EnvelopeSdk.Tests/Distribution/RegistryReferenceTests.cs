using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>Envelopes that are named by where they lie in a registry.</summary>
public sealed class RegistryReferenceTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _empty = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _store.Dispose();
        _empty.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task A_tag_and_a_digest_open_an_envelope_where_it_lies_with_what_is_known_of_it()
    {
        var saved = await _store.SaveAsync(info: new EnvelopeInfo { Tags = { ["team"] = "pricing" } });
        var pinned = await _store.Store.PushAsync(saved, _registry.Address);

        foreach (var reference in new[] { _registry.Address, pinned })
        {
            var (content, journal) = await EnvelopeResolver.OpenAsync(reference, _empty.Store);
            Assert.Equal(saved, content.Reference);
            Assert.Equal("pricing", journal.Labels.Tags["team"]);
            await content.VerifyAsync();
        }

        Assert.False(Directory.Exists(_empty.Store.Address));
    }

    [Fact]
    public async Task A_model_is_loaded_from_where_it_lies()
    {
        await _store.Store.PushAsync(await _store.SaveAsync(7), _registry.Address);

        Assert.Equal(7, (await Envelope.LoadAsync<HousePrice>(_registry.Address, _empty.Store)).Weights[0]);
    }

    [Fact]
    public async Task A_file_that_is_not_what_was_pushed_is_told_with_its_address()
    {
        var saved = await _store.SaveAsync();
        var pinned = await _store.Store.PushAsync(saved, _registry.Address);
        var content = await _store.OpenSoundAsync();
        var state = content.Blobs.First(blob => blob.FilePath?.StartsWith("state/", StringComparison.Ordinal) == true);
        _registry.Blobs[state.Digest.ToString()] = new byte[state.Size];

        var resolved = await EnvelopeResolver.OpenAsync(pinned, _empty.Store);

        await Failure.OfAsync(
            EnvelopeError.Damaged, () => resolved.Content.VerifyAsync(), _registry.Host, state.Digest.ToString());
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_no_address_is_told_with_the_forms()
    {
        await Failure.OfAsync(
            EnvelopeError.NotFound, () => EnvelopeResolver.OpenAsync(_registry.Address, _empty.Store), "'v1'", _registry.Host);
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => EnvelopeResolver.OpenAsync("oci://host/Team", _empty.Store), "oci://HOST/REPOSITORY:TAG");
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => EnvelopeResolver.OpenAsync("Team", _empty.Store), "name", ".envelope", "oci://");
    }

    [Fact]
    public async Task A_repository_that_is_called_as_a_file_is_none()
    {
        var saved = await _store.SaveAsync();
        var address = $"oci://{_registry.Host}/team/house.envelope";
        await _store.Store.PushAsync(saved, address);

        Assert.False(EnvelopeResolver.IsFile(address));
        Assert.Equal(saved, (await EnvelopeResolver.OpenAsync(address, _empty.Store)).Content.Reference);
    }
}
