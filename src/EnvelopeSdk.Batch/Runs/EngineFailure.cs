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

        if (failure.Message.Contains("GZIP stream", StringComparison.Ordinal))
        {
            return new(
                EnvelopeError.Damaged,
                $"A file of '{input}' that is called .gz is not packed with gzip, or has something behind that. Make it "
                + "anew.",
                failure);
        }

        if (failure.Message.Contains("No files found that match", StringComparison.Ordinal))
        {
            return new(
                EnvelopeError.NotFound, $"{failure.Message.TrimEnd('.')}. Name files that are there in the query.",
                failure);
        }

        var (error, cure) = failure.IsOfOthers
            ? (EnvelopeError.Unavailable, " Another program has the database open: wait for its end.")
            : failure.IsOfDisk
            ? (EnvelopeError.Unavailable,
                " The disk of the output or of --spill may be full, or not be written by this user.")
            : (EnvelopeError.Invalid, "");
        return new(error, $"The table cannot be read or written: {failure.Message.TrimEnd('.', '!')}.{cure}", failure);
    }

    /// <summary>Whether a disk is full ("errno", ENOSPC and EDQUOT; of Windows, ERROR_DISK_FULL).</summary>
    public static bool IsOfFullDisk(IOException failure) =>
        failure.HResult is 28 or 122 or unchecked((int)0x80070070);

    /// <summary>A disk that is full, in words for who runs a job.</summary>
    public static EnvelopeException OfFullDisk(IOException failure) => new(
        EnvelopeError.Unavailable,
        $"A disk is full: {failure.Message.TrimEnd('.')}. Free space, or name another place for what the job writes. "
        + "Parts that are finished are kept.",
        failure);
}
