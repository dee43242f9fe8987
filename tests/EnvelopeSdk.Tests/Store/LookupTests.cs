using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class LookupTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Names_are_listed_in_order_and_envelopes_oldest_first()
    {
        Assert.Empty(await _store.Store.ListNamesAsync());
        var first = await _store.SaveAsync(1);
        var second = await _store.SaveAsync(2);
        await _store.SaveAsync(info: new EnvelopeInfo { Name = "a.house" });

        Assert.Equal(["a.house", "house-price"], await _store.Store.ListNamesAsync());
        Assert.Equal([first, second], await _store.Store.ListAsync("house-price"));
        Assert.Empty(await _store.Store.ListAsync("nobody"));
    }

    [Fact]
    public async Task A_name_opens_the_newest_and_a_digest_the_one_it_names()
    {
        var first = await _store.SaveAsync(1);
        var second = await _store.SaveAsync(2);

        Assert.Equal(second.Digest, (await _store.Store.OpenAsync("house-price")).Digest);
        Assert.Equal(first.Digest, (await _store.Store.OpenAsync("house-price", first.Digest)).Digest);
        Assert.Equal(1, (await Envelope.LoadAsync<HousePrice>(first.ToString(), _store.Store)).Weights[0]);
    }

    [Fact]
    public async Task Saving_the_same_again_keeps_one_entry_and_makes_it_the_newest()
    {
        var first = await _store.SaveAsync(1);
        var second = await _store.SaveAsync(2);
        Assert.Equal(first, await _store.SaveAsync(1));

        Assert.Equal([second, first], await _store.Store.ListAsync("house-price"));
        Assert.Equal(first.Digest, (await _store.Store.OpenAsync("house-price")).Digest);
    }

    [Fact]
    public async Task A_store_that_does_not_exist_says_where_it_was_looked_for_and_how_to_name_another() =>
        await Failure.OfAsync(
            EnvelopeError.NotFound, () => _store.Store.OpenAsync("house-price"), _store.Store.Address, "'house-price'", "ENVELOPE_HOME");

    [Fact]
    public async Task An_unknown_name_is_told_with_the_names_that_there_are()
    {
        Directory.CreateDirectory(_store.Store.Address);
        await Failure.OfAsync(EnvelopeError.NotFound, () => _store.Store.OpenAsync("nobody"), "'nobody'", "the store is empty");

        await _store.SaveAsync();
        await Failure.OfAsync(EnvelopeError.NotFound, () => _store.Store.OpenAsync("nobody"), "'nobody'", "It has: house-price.");
    }

    [Fact]
    public async Task An_unknown_digest_is_told_with_the_newest_that_there_is()
    {
        var saved = await _store.SaveAsync();
        var other = Digest.Of("other"u8);

        await Failure.OfAsync(
            EnvelopeError.NotFound, () => _store.Store.OpenAsync("house-price", other), $"house-price@{other}", saved.ToString());
    }

    [Theory]
    [InlineData("House"), InlineData("../house"), InlineData("a/b"), InlineData("a..b"), InlineData("-a"), InlineData(""), InlineData("a\n"), InlineData("ä")]
    public async Task A_bad_name_is_refused_wherever_it_is_given(string name)
    {
        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.SaveAsync(info: new EnvelopeInfo { Name = name }), $"'{name}'");
        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.Store.OpenAsync(name), $"'{name}'");
        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.Store.ListAsync(name), $"'{name}'");
        await Failure.OfAsync(EnvelopeError.Invalid, () => EnvelopeResolver.OpenAsync(name, _store.Store), $"'{name}'");
    }

    [Fact]
    public async Task A_name_of_the_greatest_length_is_taken_and_one_longer_is_not()
    {
        await _store.SaveAsync(info: new EnvelopeInfo { Name = new string('a', 128) });
        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.SaveAsync(info: new EnvelopeInfo { Name = new string('a', 129) }), "128");
    }

    [Theory]
    [InlineData("house-price@"), InlineData("house-price@latest"), InlineData("house-price@sha256:12"), InlineData("a@b@c"), InlineData("./house-price")]
    public async Task A_reference_of_no_known_form_is_refused(string reference) =>
        await Failure.OfAsync(EnvelopeError.Invalid, () => EnvelopeResolver.OpenAsync(reference, _store.Store), $"'{reference}'");
}
