using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What callers see who do not wait for each other: each request is due at its time.</summary>
/// <param name="Median">Half of the answers came so many microseconds after their requests were due.</param>
/// <param name="Slow">All but one of a hundred.</param>
/// <param name="Largest">All.</param>
/// <param name="Refused">How many of a hundred requests were refused (503), of which the others say nothing.</param>
internal sealed record OpenLoad(double Median, double Slow, double Largest, double Refused)
{
    /// <summary>Sends requests from a process of its own.</summary>
    public static async Task<OpenLoad> RunAsync(string address, double rate, int seconds, string bodyFile)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "exec", typeof(OpenLoad).Assembly.Location, "serving-load", address,
                rate.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture), bodyFile,
            ])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var figures = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => double.Parse(one, CultureInfo.InvariantCulture)).ToArray();
        return figures is [var median, var slow, var largest, var refused]
            ? new(median, slow, largest, refused)
            : throw new InvalidOperationException($"The load on {address} failed: {text}");
    }

    /// <summary>Is that process.</summary>
    public static async Task SendAsync(string address, double rate, int seconds, string bodyFile)
    {
        var body = await File.ReadAllBytesAsync(bodyFile);
        using var http = new HttpClient();
        await RunAsync(http, address, rate, rate, body); // a second, so that this process is warm
        var all = await RunAsync(http, address, rate, rate * seconds, body);
        double[] taken = [.. all.OfType<double>().Order()];
        var refused = 100d * (all.Length - taken.Length) / all.Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{taken[taken.Length / 2]:0} {taken[taken.Length * 99 / 100]:0} {taken[^1]:0} {refused:0.0}"));
    }

    private static async Task<double?[]> RunAsync(
        HttpClient http, string address, double rate, double count, byte[] body)
    {
        var taken = new Task<double?>[(int)count];
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < taken.Length; i++)
        {
            var due = begun + (long)(i / rate * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
            {
                _ = Sleep((uint)early.TotalMicroseconds);
            }

            taken[i] = Task.Run(() => PostAsync(http, address, body, due));
        }

        return await Task.WhenAll(taken);
    }

    private static async Task<double?> PostAsync(HttpClient http, string address, byte[] body, long due)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync(new Uri(address), content);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(due).TotalMicroseconds;
    }

    /// <summary>What .NET offers sleeps whole milliseconds, which is as long as from one request to the next.</summary>
    [DllImport("libc", EntryPoint = "usleep"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(uint microseconds);
}
