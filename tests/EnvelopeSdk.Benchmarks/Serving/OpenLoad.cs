using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What callers see who do not wait for each other: each request is due at its time.</summary>
/// <param name="Median">Half of the answers came so many microseconds after their requests were due.</param>
/// <param name="Slow">All but one of a hundred.</param>
/// <param name="Largest">All.</param>
internal sealed record OpenLoad(double Median, double Slow, double Largest)
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
        return figures is [var median, var slow, var largest]
            ? new(median, slow, largest)
            : throw new InvalidOperationException($"The load on {address} failed: {text}");
    }

    /// <summary>Is that process.</summary>
    public static async Task SendAsync(string address, double rate, int seconds, string bodyFile)
    {
        var body = await File.ReadAllBytesAsync(bodyFile);
        using var http = new HttpClient();
        await RunAsync(http, address, rate, rate, body); // a second, so that this process is warm
        var taken = await RunAsync(http, address, rate, rate * seconds, body);
        Array.Sort(taken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{taken[taken.Length / 2]:0} {taken[taken.Length * 99 / 100]:0} {taken[^1]:0}"));
    }

    private static async Task<double[]> RunAsync(
        HttpClient http, string address, double rate, double count, byte[] body)
    {
        var taken = new Task<double>[(int)count];
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

    private static async Task<double> PostAsync(HttpClient http, string address, byte[] body, long due)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync(new Uri(address), content);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(due).TotalMicroseconds;
    }

    /// <summary>What .NET offers sleeps whole milliseconds, which is as long as from one request to the next.</summary>
    [DllImport("libc", EntryPoint = "usleep"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(uint microseconds);
}
