using System.Diagnostics;
using System.Globalization;

namespace EnvelopeSdk.Benchmarks;

/// <summary>What things take that are too large to be repeated often: time, and memory.</summary>
internal static class Taking
{
    public static async Task<double> SecondsAsync(Func<Task> action)
    {
        var begun = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>How many bytes more the process had at the most than before; -1 where Linux does not tell.</summary>
    public static async Task<long> MemoryAsync(Func<Task> action)
    {
        const string Reset = "/proc/self/clear_refs";
        if (!File.Exists(Reset))
        {
            await action();
            return -1;
        }

        await File.WriteAllTextAsync(Reset, "5");
        var before = Environment.WorkingSet;
        await action();
        var peak = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        var kilobytes = peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
        return (long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10) - before;
    }

    public static void Print(string what, List<double> ours, string other, List<double> others, long peak) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} {Median(ours):0.00} s, {other} {Median(others):0.00} s: {Median(others) / Median(ours):0.00} of its "
            + $"speed; {peak >> 20} MB more at the peak"));

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
