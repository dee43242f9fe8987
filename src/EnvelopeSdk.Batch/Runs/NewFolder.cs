using EnvelopeSdk.Batch.Targets;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// The folder of a job that finds nothing of an earlier one: whichever it is, it is done from its beginning.
/// </summary>
internal static class NewFolder
{
    /// <returns>Null: something is there, or is to be beside the output, where another job may have some.</returns>
    /// <exception cref="EnvelopeException">Another run has it.</exception>
    public static WorkFolder? TryTake(JobTargets targets)
    {
        var output = targets.Output.WorkPath;
        if (!targets.IsNewFile || Directory.Exists(WorkFolder.PathOf(output)))
        {
            return null;
        }

        var work = WorkFolder.Open(output);
        if (work.IsEmpty && targets.IsNewFile)
        {
            return work;
        }

        work.Dispose(); // another run was faster
        return null;
    }
}
