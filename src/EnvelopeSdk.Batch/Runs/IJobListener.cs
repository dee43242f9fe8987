namespace EnvelopeSdk.Batch.Runs;

/// <summary>Is told how far a job is.</summary>
internal interface IJobListener
{
    /// <summary>Time has gone by. Called from any thread, one call at a time.</summary>
    void Advanced(BatchProgress progress);

    /// <summary>A part is finished.</summary>
    void Finished(BatchProgress progress);

    /// <summary>Something is not as it should be, and the job goes on.</summary>
    void Warn(string message);
}

/// <summary>How far a job is.</summary>
/// <param name="Rows">How many rows are done, in earlier runs too.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Bad">How many of the done ones could not be answered.</param>
/// <param name="Now">How many were done in this run.</param>
/// <param name="Elapsed">How long this run has answered rows.</param>
internal sealed record BatchProgress(long Rows, long Of, long Bad, long Now, TimeSpan Elapsed)
{
    /// <summary>Rows in a second, in this run.</summary>
    public double PerSecond => Elapsed > TimeSpan.Zero ? Now / Elapsed.TotalSeconds : 0;

    /// <summary>How long the rest takes if it goes on so; null when nothing is known yet.</summary>
    public TimeSpan? Left => PerSecond > 0 ? TimeSpan.FromSeconds((Of - Rows) / PerSecond) : null;
}
