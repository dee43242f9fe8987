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

    /// <summary>How many bytes more this process had at the most than before; -1 where Linux does not tell.</summary>
    public static async Task<long> MemoryAsync(Func<Task> action)
    {
        var before = Resident(Environment.ProcessId);
        var peak = await PeakAsync(Environment.ProcessId, action);
        return before < 0 ? -1 : peak - before;
    }

    /// <summary>How many bytes a process had at the most meanwhile; -1 where Linux does not tell.</summary>
    public static async Task<long> PeakAsync(int process, Func<Task> action)
    {
        var reset = $"/proc/{process}/clear_refs";
        if (File.Exists(reset))
        {
            await File.WriteAllTextAsync(reset, "5");
        }

        await action();
        return Status(process, "VmHWM");
    }

    /// <summary>How many bytes a process has; -1 where Linux does not tell.</summary>
    public static long Resident(int process) => Status(process, "VmRSS");

    /// <summary>How long processors have worked for a process and for those that it has started and that still run.</summary>
    public static TimeSpan Processor(int process)
    {
        using var one = Process.GetProcessById(process);
        var started = $"/proc/{process}/task/{process}/children";
        return !File.Exists(started)
            ? one.TotalProcessorTime
            : File.ReadAllText(started).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => Processor(int.Parse(child, CultureInfo.InvariantCulture)))
                .Aggregate(one.TotalProcessorTime, (sum, next) => sum + next);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    public static void Print(string what, List<double> ours, string other, List<double> others, long peak) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} {Median(ours):0.00} s, {other} {Median(others):0.00} s: {Median(others) / Median(ours):0.00} of its "
            + $"speed; {peak >> 20} MB more at the peak"));

    private static long Status(int process, string what)
    {
        var status = $"/proc/{process}/status";
        if (!File.Exists(status))
        {
            return -1;
        }

        var line = File.ReadLines(status).Single(one => one.StartsWith(what, StringComparison.Ordinal));
        var kilobytes = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10;
    }
}
