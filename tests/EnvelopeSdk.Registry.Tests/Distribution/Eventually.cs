namespace EnvelopeSdk.Registry.Tests.Distribution;

internal static class Eventually
{
    /// <summary>Waits until something holds that another thread brings about.</summary>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 1000, "It did not come about.");
            await Task.Delay(10);
        }
    }
}
