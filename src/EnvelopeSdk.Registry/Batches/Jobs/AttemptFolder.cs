using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>
/// What is known of an attempt of a run, in files: how its job ended, and what it wrote and counted. Who comes later
/// reads them, whatever ran the job.
/// </summary>
/// <param name="path">Where it is.</param>
internal sealed class AttemptFolder(string path)
{
    private const int LargestResult = 32 << 20;

    /// <summary>Behind how many lines of others what the job said last is looked for.</summary>
    private const int MostLines = 20;

    /// <summary>With what a shell says that its child ended which was killed.</summary>
    private const string Killed = "137";

    public string Path => path;

    /// <summary>What the job wrote for people.</summary>
    public string LogFile => At("log");

    /// <summary>What it wrote for programs, the result at its end, among what its envelope may have written.</summary>
    public string ResultFile => At("result");

    /// <summary>With what it ended.</summary>
    public string CodeFile => At("code");

    private string ReasonFile => At("reason");

    private string KeptFile => At("kept");

    private string FailureFile => At("failure");

    private string LateFile => At("late");

    /// <summary>Why it failed, when there was another attempt; null: there was none, or it did not.</summary>
    public string? Failure
    {
        get => File.Exists(FailureFile) ? File.ReadAllText(FailureFile) : null;
        set
        {
            try
            {
                Directory.CreateDirectory(path);
                File.WriteAllText(FailureFile + ".partial", value);
                File.Move(FailureFile + ".partial", FailureFile, overwrite: true);
            }
            catch (IOException)
            {
                // the next attempt is of more use than the reason of this one
            }
        }
    }

    /// <summary>Whether it was stopped because it took too long.</summary>
    public bool IsLate => File.Exists(LateFile);

    /// <summary>Writes down that it is stopped because it takes too long.</summary>
    public void MarkLate() => File.WriteAllText(LateFile, "");

    /// <summary>Whether what it wrote is here: a cluster may have removed it before anybody took it.</summary>
    public bool HasResult => File.Exists(ResultFile);

    /// <summary>Whether it is known how it ended.</summary>
    public bool HasEnded => File.Exists(CodeFile);

    /// <summary>When it ended; null: that is not known.</summary>
    public DateTimeOffset? Ended => HasEnded ? File.GetLastWriteTimeUtc(CodeFile) : null;

    /// <summary>With what it ended; empty: it was killed.</summary>
    public string Code => HasEnded ? File.ReadAllText(CodeFile).Trim() : "";

    public string At(string name) => System.IO.Path.Combine(path, name);

    /// <summary>Writes down how it ended, where the job cannot itself.</summary>
    /// <param name="code">With what; empty: it was killed.</param>
    /// <param name="reason">Why, where nobody else says it.</param>
    /// <param name="time">When; null: now.</param>
    public void End(string code, string? reason, DateTimeOffset? time = null)
    {
        if (reason is not null)
        {
            File.WriteAllText(ReasonFile, reason);
        }

        File.WriteAllText(CodeFile + ".partial", code);
        File.SetLastWriteTimeUtc(CodeFile + ".partial", (time ?? DateTimeOffset.UtcNow).UtcDateTime);
        File.Move(CodeFile + ".partial", CodeFile, overwrite: true); // last: who finds it finds the rest
    }

    /// <summary>Writes down what a file is that the job has written, by which it is known again.</summary>
    public void Keep(string file)
    {
        // Somebody else may have written it while nobody looked after the job. A minute is for clocks of other disks.
        var isOwn = File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(CodeFile) + TimeSpan.FromMinutes(1);
        File.WriteAllText(KeptFile, isOwn ? StampOf(file) : "of another");
    }

    /// <summary>Whether a file is as the job has left it.</summary>
    public bool HasKept(string file)
    {
        try
        {
            return File.Exists(KeptFile) && File.ReadAllText(KeptFile) == StampOf(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string StampOf(string file) => string.Create(
        CultureInfo.InvariantCulture, $"{File.GetLastWriteTimeUtc(file).Ticks} {new FileInfo(file).Length}");

    /// <summary>Writes down why an attempt failed whose job wrote nothing.</summary>
    public void Note(string reason)
    {
        if (!File.Exists(LogFile))
        {
            Directory.CreateDirectory(path);
            File.WriteAllText(LogFile, reason);
        }
    }

    /// <summary>
    /// Why it did not end well. Not what it wrote last: that may be of its rows, and more people see reasons than logs.
    /// </summary>
    public string Reason(string code)
    {
        using var said = Said();
        return said?.RootElement is { ValueKind: JsonValueKind.Object } all
            && all.TryGetProperty("error", out var error) && error is { ValueKind: JsonValueKind.Object }
            && error.TryGetProperty("message", out var message)
            ? JobWords.OfSettings(message.ToString())
            : File.Exists(ReasonFile) ? File.ReadAllText(ReasonFile)
            : code is "" or Killed ? "The job was killed. The machine may have had too little memory."
            : $"The job ended with {code}. Its log may say more.";
    }

    /// <summary>How far the job has come, as it said last in its log.</summary>
    /// <returns>Null: it has not said it.</returns>
    public JobProgress? Progress() => LogFiles.End(LogFile, MostLines).Split('\n').Reverse()
        .Select(JobProgress.Parse).FirstOrDefault(one => one is not null);

    /// <summary>When all of it was done by an earlier run, so that this one had nothing to write.</summary>
    /// <returns>Null: it wrote it itself, or does not say.</returns>
    public DateTimeOffset? DoneBefore()
    {
        using var said = Said();
        return said?.RootElement is { ValueKind: JsonValueKind.Object } all
            && all.TryGetProperty("before", out var before) && before.ValueKind == JsonValueKind.True
            && all.TryGetProperty("finished", out var finished) && finished.ValueKind == JsonValueKind.String
            && finished.TryGetDateTimeOffset(out var time)
            ? time
            : null;
    }

    /// <returns>How many rows there were, and how many of them were bad; null: it does not say.</returns>
    public (long Rows, long Bad)? Counts()
    {
        using var said = Said();
        return said?.RootElement is { ValueKind: JsonValueKind.Object } all
            && NumberOf(all, "rows") is { } rows && NumberOf(all, "bad") is { } bad
            ? (rows, bad)
            : null;
    }

    private static long? NumberOf(JsonElement all, string name) =>
        all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>What the job said at its end, among what its envelope may have written before and since.</summary>
    /// <returns>Null: nothing that can be read.</returns>
    private JsonDocument? Said()
    {
        if (!HasResult)
        {
            return null;
        }

        using var file = File.OpenRead(ResultFile);
        file.Seek(-Math.Min(file.Length, LargestResult), SeekOrigin.End); // while no registry ran, nobody rotated it
        var written = new byte[file.Length - file.Position];
        file.ReadExactly(written);
        var reader = new Utf8JsonReader(written.AsSpan(written.AsSpan().LastIndexOf("\n{"u8) + 1));
        try
        {
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
