using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>Models that are saved to an address.</summary>
public sealed class SavingToRegistryTests : IDisposable
{
    private readonly TempStore _home = new();
    private readonly TempStore _other = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _home.Dispose();
        _other.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task What_is_saved_to_a_registry_is_there_and_in_the_store_with_its_tags()
    {
        var saved = await SaveAsync(_registry.Address);

        Assert.Equal(saved, await _other.PullAsync(_registry.Address));
        Assert.Equal("pricing", (await _other.Store.ReadJournalAsync(saved)).Labels.Tags["team"]);
        Assert.Equal([saved], await _home.Store.ListAsync("house-price"));
    }

    [Fact]
    public async Task A_registry_that_does_not_take_it_loses_no_training()
    {
        _registry.Intercept = context =>
        {
            StandInRegistry.Answer(context, 403);
            return Task.FromResult(true);
        };

        var failure = await Failure.OfAsync(
            EnvelopeError.Unavailable, () => SaveAsync(_registry.Address), "403", $"saved in '{_home.Store.Address}'");

        var saved = Assert.Single(await _home.Store.ListAsync("house-price"));
        Assert.Contains($"'envelope push {saved} {_registry.Address}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_before_anything_is_saved()
    {
        var digest = new string('0', 64);
        await Failure.OfAsync(EnvelopeError.Invalid, () => SaveAsync("oci://host/Team"), "'Team'");
        await Failure.OfAsync(EnvelopeError.Invalid, () => SaveAsync($"oci://host/team@sha256:{digest}"), "Push to a tag");

        Assert.False(Directory.Exists(_home.Store.Address));
    }

    [Fact]
    public async Task A_directory_is_an_address_too()
    {
        var saved = await Envelope.SaveAsync(new HousePrice([1], "EUR"), store: _other.Store.Address);

        Assert.Equal([saved], await _other.Store.ListAsync("house-price"));
    }

    [Theory]
    [InlineData("127.0.0.1:5480"), InlineData("registry.example:443/x"), InlineData("localhost:1"), InlineData("[::1]:5480")]
    public void What_may_be_a_registry_or_a_directory_is_neither_until_it_is_said(string address)
    {
        var refused = Assert.Throws<EnvelopeException>(() => EnvelopeStore.Open(address));

        Assert.Contains($"https://{address}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"./{address}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./127.0.0.1:5480"), InlineData("D:5"), InlineData("a:b"), InlineData("/data/x:80"), InlineData("run:1234567")]
    public void A_directory_with_a_colon_is_one(string address) =>
        Assert.EndsWith(Path.GetFileName(address), EnvelopeStore.Open(address).Address, StringComparison.Ordinal);

    [Fact]
    public void A_registry_is_no_store_and_what_opens_stores_says_what_to_do() => Assert.Contains(
        "Envelope.SaveAsync",
        Assert.Throws<EnvelopeException>(() => EnvelopeStore.Open(_registry.Address)).Message,
        StringComparison.Ordinal);

    private Task<EnvelopeReference> SaveAsync(string address) => Envelope.SaveAndPushAsync(
        new HousePrice([1, 2, 3], "EUR"), new EnvelopeInfo { Tags = { ["team"] = "pricing" } }, _home.Store, address,
        Shortly.Options, CancellationToken.None);
}
