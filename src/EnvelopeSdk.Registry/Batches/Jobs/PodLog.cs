namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>
/// What a container has written. A cluster gives both of its outputs in one, and may give lines of the one within an
/// object of the other.
/// </summary>
internal static class PodLog
{
    /// <summary>Makes of a copy of it the files of an attempt.</summary>
    /// <param name="copy">The copy, which becomes the log.</param>
    /// <param name="folder">The folder of the attempt.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task SplitAsync(string copy, AttemptFolder folder, CancellationToken cancellationToken)
    {
        await File.WriteAllLinesAsync(
            folder.ResultFile, File.ReadLines(copy).Where(one => !IsProgress(one)), cancellationToken);
        File.Move(copy, folder.LogFile, overwrite: true);
    }

    /// <summary>Whether it is a line in which a job says how far it is: only such have a number of all rows.</summary>
    private static bool IsProgress(string line) => line.StartsWith("{\"rows\":", StringComparison.Ordinal)
        && line.Contains(",\"of\":", StringComparison.Ordinal);
}
