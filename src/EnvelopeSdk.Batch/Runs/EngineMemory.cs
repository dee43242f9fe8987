namespace EnvelopeSdk.Batch.Runs;

/// <summary>How much memory the engine of a job has if nobody says it, in megabytes.</summary>
internal static class EngineMemory
{
    /// <summary>Enough for tables of some hundred columns, however many rows they have.</summary>
    public const int Least = 256;

    /// <summary>
    /// The engine holds 2048 rows of each column at once, several times, as it reads, answers and writes them: a column
    /// of strings takes 32 KB each time, and its first block on the disk 256.
    /// </summary>
    private const double OfColumn = 0.4;

    /// <param name="columns">How many columns are read and written.</param>
    public static int Of(int columns) => Math.Max(Least, (int)(columns * OfColumn));
}
