using EnvelopeSdk.Batch.Targets;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>Where the engine puts what is too much for its memory.</summary>
internal static class SpillFolder
{
    /// <exception cref="EnvelopeException">There can be no such folder, which is seen late else.</exception>
    public static string Of(BatchOptions options, JobTarget target)
    {
        if (options.Spill is not { } folder)
        {
            return Path.Combine(WorkFolder.PathOf(target.WorkPath), "spill");
        }

        try
        {
            var made = Directory.CreateDirectory(folder);
            return Path.Combine(made.FullName, Guid.NewGuid().ToString("N")); // others may use it, on other machines
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"--spill '{folder}' cannot be made: {failure.Message.TrimEnd('.')}. Name a folder that can be "
                + "written.",
                failure);
        }
    }
}
