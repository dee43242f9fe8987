using System.Diagnostics;
using System.Globalization;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>What a way took.</summary>
/// <param name="Wall">Seconds from start to end of its process.</param>
/// <param name="Processor">Seconds that processors worked for it.</param>
/// <param name="Megabytes">The memory that it had at most.</param>
internal sealed record Cost(double Wall, double Processor, double Megabytes)
{
    /// <summary>What .NET does where nothing else is said, in place of what the SDK says; in hexadecimal digits.</summary>
    private static readonly Dictionary<string, string> Usual = new()
    {
        ["DOTNET_TC_CallCountingDelayMs"] = "64",
        ["DOTNET_TC_CallCountThreshold"] = "1E",
    };

    /// <summary>Runs a way in a process of its own, with the run-time as .NET sets it up.</summary>
    public static Task<Cost> OfAsync(params string[] arguments) =>
        OfProgramAsync("dotnet", ["exec", typeof(Cost).Assembly.Location, .. arguments], Usual);

    /// <summary>What an earlier way has written is on the disk before the next begins: no way pays for another.</summary>
    private static async Task WriteOutAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            using var sync = Process.Start("sync");
            await sync.WaitForExitAsync();
        }
    }

    /// <summary>Runs a program whose last line says what it took.</summary>
    public static async Task<Cost> OfProgramAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await WriteOutAsync();
        var start = Stopwatch.GetTimestamp();
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} failed: {await errors}");
        }

        var said = output.TrimEnd().Split('\n')[^1].Split(' ');
        return new(
            wall, double.Parse(said[0], CultureInfo.InvariantCulture),
            double.Parse(said[1], CultureInfo.InvariantCulture));
    }
}
