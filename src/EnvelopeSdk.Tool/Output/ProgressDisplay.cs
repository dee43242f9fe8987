using System.Diagnostics;
using System.Globalization;

namespace EnvelopeSdk.Tool.Output;

/// <summary>
/// How far long work is, in one line on standard error that is written anew: bytes, rate and time left, or envelopes.
/// In a pipe, and on a terminal that cannot go back in a line, nothing.
/// </summary>
internal sealed class ProgressDisplay : IProgress<TransferProgress>, IProgress<StoreProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string _verb;
    private readonly Lock _lock = new();
    private TimeSpan _shown;
    private int _width;

    private ProgressDisplay(string verb) => _verb = verb;

    /// <param name="verb">What is done: <c>Pushing</c>.</param>
    /// <returns>Null where nobody could watch it: then nothing is measured either.</returns>
    public static ProgressDisplay? Create(string verb) =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb"
            ? null
            : new(verb);

    public void Report(TransferProgress value) => Show(width => Line(_verb, value, _clock.Elapsed, width));

    public void Report(StoreProgress value) => Show(width => Line(_verb, value, _clock.Elapsed, width));

    /// <summary>Takes the line away until there is more to tell.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Show("");
        }
    }

    /// <summary>Takes the line away for good: what follows says what was done.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Show("");
            _shown = TimeSpan.MaxValue / 2; // a report that comes late shows nothing
        }
    }

    /// <summary>The line, of at most as many columns: what there is no room for is left out from the end.</summary>
    internal static string Line(string verb, TransferProgress value, TimeSpan elapsed, int width)
    {
        var rate = value.Bytes / Math.Max(elapsed.TotalSeconds, 0.001);
        return Line(
            verb, value.Bytes, value.Total, width, $"  {Size(value.Bytes)} of {Size(value.Total)}",
            $"  {Size((long)rate)}/s", Left(value.Bytes, value.Total, elapsed));
    }

    internal static string Line(string verb, StoreProgress value, TimeSpan elapsed, int width) => Line(
        verb, value.Envelopes, value.Total, width, $"  {value.Envelopes} of {value.Total} envelopes",
        Left(value.Envelopes, value.Total, elapsed));

    private static string Line(string verb, long done, long total, int width, params ReadOnlySpan<string> more)
    {
        var line = $"{verb} {(total == 0 ? 100 : (int)(100.0 * done / total)),3} %";
        foreach (var one in more)
        {
            if (line.Length + one.Length > width)
            {
                break;
            }

            line += one;
        }

        return line;
    }

    private static string Left(long done, long total, TimeSpan elapsed) => done == 0
        ? ""
        : $"  {Time((total - done) / (done / Math.Max(elapsed.TotalSeconds, 0.001)))} left";

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1000_000 => Number(bytes / 1e3) + " kB",
        < 1000_000_000 => Number(bytes / 1e6) + " MB",
        _ => Number(bytes / 1e9) + " GB",
    };

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(double seconds) => seconds < 60
        ? $"{Math.Ceiling(seconds):0} s"
        : $"{Math.Floor(seconds / 60):0} min {Math.Floor(seconds % 60):0} s";

    private void Show(Func<int, string> line)
    {
        lock (_lock)
        {
            if (_clock.Elapsed - _shown >= Pause)
            {
                _shown = _clock.Elapsed;
                Show(line(Math.Max(Console.WindowWidth, 20) - 1));
            }
        }
    }

    private void Show(string line)
    {
        Console.Error.Write("\r" + line.PadRight(_width) + (line.Length == 0 ? "\r" : ""));
        _width = line.Length;
    }
}
