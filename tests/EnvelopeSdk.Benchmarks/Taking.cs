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

    /// <summary>How many bytes more a process had at the most than before; -1 where Linux does not tell.</summary>
    /// <param name="action">What it has them for.</param>
    /// <param name="process">The process; null: this one.</param>
    public static async Task<long> MemoryAsync(Func<Task> action, int? process = null)
    {
        var directory = $"/proc/{process ?? Environment.ProcessId}";
        var reset = Path.Combine(directory, "clear_refs");
        if (!File.Exists(reset))
        {
            await action();
            return -1;
        }

        await File.WriteAllTextAsync(reset, "5");
        var before = Status(directory, "VmRSS");
        await action();
        return Status(directory, "VmHWM") - before;
    }

    private static long Status(string directory, string what)
    {
        var line = File.ReadLines(Path.Combine(directory, "status"))
            .Single(one => one.StartsWith(what, StringComparison.Ordinal));
        var kilobytes = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10;
    }

    public static void Print(string what, List<double> ours, string other, List<double> others, long peak) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} {Median(ours):0.00} s, {other} {Median(others):0.00} s: {Median(others) / Median(ours):0.00} of its "
            + $"speed; {peak >> 20} MB more at the peak"));

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
