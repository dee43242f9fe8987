using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task A_store_is_served_on_loopback_without_configuration()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);

        Assert.StartsWith("http://127.0.0.1:", served.Address, StringComparison.Ordinal);
        Assert.Equal("Healthy", await served.Client.GetStringAsync("/health/live"));
    }
}
