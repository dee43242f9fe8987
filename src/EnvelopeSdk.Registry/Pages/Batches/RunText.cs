using System.Globalization;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches.Jobs;

namespace EnvelopeSdk.Registry.Pages.Batches;

/// <summary>Runs in a few words.</summary>
internal static class RunText
{
    public static bool IsActive(BatchRun? run) => run is not null && BatchRunState.Active.Contains(run.State);

    /// <summary>How long a run took, its attempts and the time between them among it.</summary>
    /// <returns>Null: it has not ended, or it never started.</returns>
    public static TimeSpan? TimeOf(BatchRun? run) => run?.Ended - run?.Started;

    public static string Duration(BatchRun? run) => Duration(TimeOf(run));

    private static string Duration(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalMinutes: < 1 } one => string.Create(CultureInfo.InvariantCulture, $"{one.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } one => string.Create(CultureInfo.InvariantCulture, $"{one.Minutes} min {one.Seconds:00} s"),
        { } one => string.Create(
            CultureInfo.InvariantCulture, $"{Math.Floor(one.TotalHours)} h {one.Minutes:00} min"),
    };

    /// <summary>How far a job has come, with a space behind; nothing when that is not known.</summary>
    public static string Progress(JobProgress? said) => said is null ? ""
        : Shown.Count(said.Rows)
            + (said.Of is { } all ? $" of {Shown.Count(all)}" : "") + " rows"
            + (said.Left is { } left ? $", {Duration(left)} left" : "") + ". ";

    /// <summary>Whether rows were put aside that can be looked at.</summary>
    public static bool HasQuarantine(BatchRun run) => !IsActive(run) && run is { Quarantine: not null, Bad: > 0 };

    /// <summary>Whether they are in a file of the registry's machine, which can be downloaded.</summary>
    public static bool HasQuarantineFile(BatchRun run, BatchSettings settings) => HasQuarantine(run)
        && settings.Runtime == BatchRuntime.Process && DatabaseTable.Parse(run.Quarantine!) is null;
}
