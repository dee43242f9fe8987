using System.Diagnostics;
using System.Globalization;

namespace EnvelopeSdk.Benchmarks;

/// <summary>What <c>wrk</c> saw: as many requests as are answered, over connections that each wait for an answer.</summary>
/// <param name="Requests">The answers.</param>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Median">Half of them took at most so many microseconds.</param>
/// <param name="Slow">All but one of a hundred took at most so many microseconds.</param>
internal sealed record WrkRun(long Requests, double PerSecond, long Median, long Slow)
{
    /// <summary>Posts JSON again and again. Needs Debian's <c>wrk</c>.</summary>
    /// <exception cref="InvalidOperationException">A request failed.</exception>
    public static async Task<WrkRun> PostAsync(string address, string bodyFile, int connections, int seconds)
    {
        var script = Path.ChangeExtension(bodyFile, "lua");
        await File.WriteAllTextAsync(script, $$"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.body = io.open("{{bodyFile}}", "rb"):read("*a")
            done = function(summary, latency, requests)
              local failed = summary.errors
              io.write(string.format("figures %d %d %d %d %d\n", summary.requests, summary.duration,
                latency:percentile(50), latency:percentile(99),
                failed.connect + failed.read + failed.write + failed.timeout + failed.status))
            end
            """);
        using var wrk = Process.Start(new ProcessStartInfo(
            "wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, address])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var figures = text.Split('\n').Single(line => line.StartsWith("figures ", StringComparison.Ordinal))
            .Split(' ')[1..].Select(one => long.Parse(one, CultureInfo.InvariantCulture)).ToArray();
        return figures is [var requests, var duration, var median, var slow, 0]
            ? new(requests, requests * 1e6 / duration, median, slow)
            : throw new InvalidOperationException($"Requests failed: {text}");
    }
}
