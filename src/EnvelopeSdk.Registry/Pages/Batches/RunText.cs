using System.Globalization;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Pages.Batches;

/// <summary>Runs in a few words.</summary>
internal static class RunText
{
    public static bool IsActive(BatchRun? run) => run is not null && BatchRunState.Active.Contains(run.State);

    /// <summary>How long a run took, its attempts and the time between them among it.</summary>
    /// <returns>Null: it has not ended, or it never started.</returns>
    public static TimeSpan? TimeOf(BatchRun? run) => run?.Ended - run?.Started;

    public static string Duration(BatchRun? run) => TimeOf(run) switch
    {
        null => "–",
        { TotalMinutes: < 1 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } time => string.Create(
            CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        { } time => string.Create(
            CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours)} h {time.Minutes:00} min"),
    };

    /// <summary>Whether rows were put aside that can be looked at.</summary>
    public static bool HasQuarantine(BatchRun run) => !IsActive(run) && run is { Quarantine: not null, Bad: > 0 };

    /// <summary>Whether they are in a file of the registry's machine, which can be downloaded.</summary>
    public static bool HasQuarantineFile(BatchRun run, BatchSettings settings) => HasQuarantine(run)
        && settings.Runtime == BatchRuntime.Process && DatabaseTable.Parse(run.Quarantine!) is null;
}
