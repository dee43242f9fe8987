using System.Globalization;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>What a process says of itself when it is done.</summary>
internal static class OwnCost
{
    /// <summary>The processor time that it took until now, in seconds, and the memory that it had at most, in MB.</summary>
    public static string Text()
    {
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.CpuUsage.TotalTime.TotalSeconds} {long.Parse(peak.Split(' ')[^2], CultureInfo.InvariantCulture) / 1024}");
    }
}
