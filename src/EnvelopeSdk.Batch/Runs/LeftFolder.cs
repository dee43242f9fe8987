namespace EnvelopeSdk.Batch.Runs;

/// <summary>The folder of a job that has ended, if it is still there.</summary>
internal static class LeftFolder
{
    /// <summary>Removes what a run left that was killed when all but this was done.</summary>
    /// <param name="output">Its output.</param>
    /// <param name="job">The id of what it did.</param>
    public static void Sweep(string output, string job)
    {
        if (Directory.Exists(WorkFolder.PathOf(output)))
        {
            Remove(output, left => left.JobId is null || left.JobId == job);
        }
    }

    /// <summary>Removes what is left of a job that failed before a part of it was finished.</summary>
    /// <param name="output">Its output.</param>
    /// <param name="job">The id of the job; null if its folder does not have it yet.</param>
    public static void Leave(string output, string? job) =>
        Remove(output, left => left.JobId == job && !left.HasFinished);

    private static void Remove(string output, Func<WorkFolder, bool> isLeft)
    {
        try
        {
            using var left = WorkFolder.Open(output);
            if (isLeft(left))
            {
                left.Remove();
            }
        }
        catch (Exception failure) when (failure is EnvelopeException or IOException or UnauthorizedAccessException)
        {
            // another run has it, and removes it; or the disk does not let it go
        }
    }
}
