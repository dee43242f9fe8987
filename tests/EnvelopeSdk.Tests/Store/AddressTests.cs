using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class AddressTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_directory_is_opened_and_not_made()
    {
        var store = EnvelopeStore.Open(_directory.At("store"));

        Assert.Equal(_directory.At("store"), store.Address);
        Assert.Empty(await store.ListNamesAsync());
        Assert.False(Directory.Exists(store.Address));
        Assert.Equal(store.Address, EnvelopeStore.Open(store.Address).Address);
    }

    [Theory]
    [InlineData("store"), InlineData("./store"), InlineData("a:b"), InlineData("store/")]
    public void A_relative_path_is_one_of_the_current_directory(string path) =>
        Assert.Equal(Path.GetFullPath(path), EnvelopeStore.Open(path).Address);

    [Theory]
    [InlineData("oci://host/repo:tag"), InlineData("://x")]
    public async Task An_address_that_is_no_directory_is_refused_and_named(string address)
    {
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => Task.FromResult(EnvelopeStore.Open(address)), $"'{address}'", "ENVELOPE_HOME");
        Assert.False(Directory.Exists(address.Split(':')[0] + ":"));
    }
}
