using System.Diagnostics;
using System.Globalization;

namespace EnvelopeSdk.Tests.Support;

/// <summary>Another process that saves envelopes: this assembly, run as a program.</summary>
internal sealed class Saver : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private Saver(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static Saver Start(TempStore store, int first, int count, int size = 100) =>
        new(new ProcessStartInfo("dotnet", Arguments(store, first, count, size)));

    /// <summary>Runs it where no file can grow beyond a size, as on a disk that is full.</summary>
    public static Saver StartWithFileLimit(TempStore store, int kibibytes, int size)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {kibibytes}; exec dotnet \"$@\"");
        var start = new ProcessStartInfo("bash", ["-c", script, "bash", .. Arguments(store, 0, 1, size)]);

        // The runtime's own double-mapped memory is a file too, and larger than the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new Saver(start);
    }

    public async Task WaitForFirstSaveAsync() => await _process.StandardOutput.ReadLineAsync();

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static string[] Arguments(TempStore store, params int[] numbers) =>
        ["exec", typeof(Saver).Assembly.Location, store.Store.Address, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
