using System.Globalization;
using System.Text.Json.Nodes;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>Says how far a job is: in one line of a terminal, or in a line from time to time.</summary>
/// <param name="writer">Where to.</param>
/// <param name="form">In which form.</param>
internal sealed class JobProgress(TextWriter writer, ProgressForm form) : IJobListener, IDisposable
{
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10);

    private int _width;
    private TimeSpan _last;

    public void Advanced(BatchProgress progress)
    {
        if (form == ProgressForm.Terminal)
        {
            var text = Fitting(Text(progress));
            Say($"\r{text.PadRight(_width)}");
            _width = text.Length;
        }
        else if (progress.Elapsed - _last > Seldom)
        {
            WriteLine(progress);
        }
    }

    public void Finished(BatchProgress progress)
    {
        if (form == ProgressForm.Terminal)
        {
            Advanced(progress);
        }
        else
        {
            WriteLine(progress);
        }
    }

    public void Warn(string message)
    {
        Dispose();
        Say($"warning: {message}{Environment.NewLine}");
    }

    /// <summary>Ends the line of a terminal.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            Say($"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }

    /// <summary>A line that is wider than a terminal would become two, of which one stays.</summary>
    private static string Fitting(string text) =>
        Console.IsErrorRedirected || Width() is not (> 1 and var width) || text.Length < width
            ? text : text[..(width - 1)];

    /// <summary>How wide the terminal is; 0 when it is gone, which is no reason to end a job.</summary>
    private static int Width()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private void WriteLine(BatchProgress progress)
    {
        _last = progress.Elapsed;
        Say((form == ProgressForm.Json ? Json(progress) : Text(progress)) + Environment.NewLine);
    }

    /// <summary>Where nobody can hear it, as on a disk that is full, a job goes on.</summary>
    private void Say(string text)
    {
        try
        {
            writer.Write(text);
        }
        catch (IOException)
        {
            // which is no reason to end it
        }
    }

    private static string Text(BatchProgress progress)
    {
        var share = progress.Of == 0 ? 100 : progress.Rows * 100 / progress.Of;
        var left = progress.Rows == progress.Of || progress.Left is not { } time ? "" : $", {Shown(time)} left";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Rows} of {progress.Of} rows ({share} %), {progress.PerSecond:0} rows/s{left}, "
            + $"{progress.Bad} bad");
    }

    private static string Shown(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s")
        : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h");

    private static string Json(BatchProgress progress)
    {
        var json = new JsonObject
        {
            ["rows"] = progress.Rows,
            ["of"] = progress.Of,
            ["bad"] = progress.Bad,
            ["rowsPerSecond"] = Math.Round(progress.PerSecond),
            ["seconds"] = Math.Round(progress.Elapsed.TotalSeconds, 1),
        };
        if (progress.Left is { } left)
        {
            json["secondsLeft"] = Math.Round(left.TotalSeconds, 1);
        }

        return json.ToJsonString();
    }
}

/// <summary>How it is said how far a job is.</summary>
internal enum ProgressForm
{
    /// <summary>A line of text at the end of each part, and each ten seconds.</summary>
    Lines,

    /// <summary>One line of a terminal, which changes.</summary>
    Terminal,

    /// <summary>A line of JSON, when there would be one of text.</summary>
    Json,
}
