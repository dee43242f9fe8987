namespace EnvelopeSdk.Batches;

/// <summary>A batch, as a registry has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its settings: 1, and one more with each change.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Changed">When the version was made, in UTC.</param>
/// <param name="ChangedBy">Who made it.</param>
/// <param name="NextRun">When it runs next by itself, in UTC; null: by hand.</param>
/// <param name="LastRun">The latest run, and no skipped one; null: none is known.</param>
/// <param name="LastSuccess">The latest that succeeded; null: none is known.</param>
public sealed record BatchConfiguration(
    string Name, long Version, BatchSettings Settings, DateTimeOffset Changed, string ChangedBy,
    DateTimeOffset? NextRun, BatchRun? LastRun, BatchRun? LastSuccess);

/// <summary>A version of the settings of a batch.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Time">When it was made, in UTC.</param>
/// <param name="Who">Who made it.</param>
public sealed record BatchChange(long Version, BatchSettings Settings, DateTimeOffset Time, string Who);

/// <summary>A run of a batch.</summary>
/// <param name="Id">Its number among all runs of the registry.</param>
/// <param name="Batch">The name of the batch.</param>
/// <param name="Version">The version of the batch.</param>
/// <param name="Name">The name of the envelope; null: it has not started.</param>
/// <param name="Digest">The digest of the envelope; null: it has not started.</param>
/// <param name="State">Where it is, one of <see cref="BatchRunState"/>.</param>
/// <param name="Reason">Why it waits, was skipped or has ended; null where there is nothing to say.</param>
/// <param name="Requested">When it was asked for, in UTC.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="Started">When it started, in UTC; null: it has not.</param>
/// <param name="Ended">When it ended, in UTC; null: it has not.</param>
/// <param name="Rows">How many rows it read; null: that is not known.</param>
/// <param name="Bad">How many of them could not be answered; null: that is not known.</param>
/// <param name="Attempt">Which attempt it is, from 1 on; 0: it has not started.</param>
/// <param name="Output">The file of the answers; null: it has not started.</param>
/// <param name="Quarantine">The file of the rows that could not be answered; null: there is none.</param>
/// <param name="Log">The file of calls; null: there is none.</param>
public sealed record BatchRun(
    long Id, string Batch, long Version, string? Name, string? Digest, string State, string? Reason,
    DateTimeOffset Requested, string RequestedBy, DateTimeOffset? Started, DateTimeOffset? Ended, long? Rows, long? Bad,
    int Attempt, string? Output, string? Quarantine, string? Log);

/// <summary>Where a run of a batch is.</summary>
public static class BatchRunState
{
    /// <summary>It is asked for, or waits for its next attempt.</summary>
    public const string Waiting = "waiting";

    /// <summary>Its job is generated and built, if it was not before.</summary>
    public const string Building = "building";

    /// <summary>Its job runs, or is about to.</summary>
    public const string Running = "running";

    /// <summary>The output is there.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It did not come to an end, however often it was tried.</summary>
    public const string Failed = "failed";

    /// <summary>It was stopped.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Its time had come while another run was under way: it did not start.</summary>
    public const string Skipped = "skipped";

    /// <summary>The states of a run that is under way.</summary>
    public static readonly IReadOnlyList<string> Active = [Waiting, Building, Running];
}
