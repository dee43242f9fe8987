using System.Diagnostics;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Waits for what processes bring about, which takes seconds each to start on a busy machine.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var begun = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            Assert.True(begun.Elapsed < Longest, "It did not come about.");
        }
    }
}
