using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>What the engine cannot do, in words for who runs a job.</summary>
internal static class EngineFailure
{
    /// <param name="failure">What the engine says.</param>
    /// <param name="input">The input of the job.</param>
    public static EnvelopeException Of(DuckException failure, string input)
    {
        if (failure.IsOfMemory)
        {
            return new(
                EnvelopeError.Unavailable,
                $"The rows of '{input}' are too much for the memory of the engine: {failure.Message} Give it more with "
                + "--memory MEGABYTES, or let fewer columns be kept with --key.",
                failure);
        }

        var (error, cure) = failure.IsOfOthers
            ? (EnvelopeError.Unavailable, " Another program has the database open: wait for its end.")
            : failure.IsOfDisk
            ? (EnvelopeError.Unavailable,
                " The disk of the output or of --spill may be full, or not be written by this user.")
            : (EnvelopeError.Invalid, "");
        return new(error, $"The table cannot be read or written: {failure.Message}{cure}", failure);
    }
}
