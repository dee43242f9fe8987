namespace EnvelopeSdk.Batch.Runs;

/// <summary>Is told how far a job is.</summary>
internal interface IJobListener
{
    /// <summary>A part is finished.</summary>
    void Finished(BatchProgress progress);

    /// <summary>Something is not as it should be, and the job goes on.</summary>
    void Warn(string message);
}

/// <summary>How far a job is.</summary>
/// <param name="Rows">How many rows are finished, in earlier runs too.</param>
/// <param name="Bad">How many of them could not be answered.</param>
/// <param name="Elapsed">How long this run took until now.</param>
internal sealed record BatchProgress(long Rows, long Bad, TimeSpan Elapsed);
