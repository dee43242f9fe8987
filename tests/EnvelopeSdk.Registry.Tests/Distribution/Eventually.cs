namespace EnvelopeSdk.Registry.Tests.Distribution;

internal static class Eventually
{
    /// <summary>Waits until something holds that another thread brings about.</summary>
    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; !await condition(); attempt++)
        {
            Assert.True(attempt < 1000, "It did not come about.");
            await Task.Delay(10);
        }
    }
}
