namespace EnvelopeSdk.Batch.Vocabulary;

/// <summary>How a job learns which process waits for it, so that it does not go on when that was killed.</summary>
internal static class StartedBy
{
    /// <summary>The variable of the environment with the id of the process, which is the parent of the job.</summary>
    public const string Variable = "ENVELOPE_STARTED_BY";
}
