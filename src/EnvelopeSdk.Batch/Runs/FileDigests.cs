using System.Collections.Concurrent;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>What is in files, in short.</summary>
internal static class FileDigests
{
    /// <summary>Reads them, several at once.</summary>
    /// <returns>The digest of each, by its path.</returns>
    public static async Task<SortedDictionary<string, string>> OfAsync(
        IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var digests = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(files, cancellationToken, async (file, cancellation) =>
        {
            await using var content = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            digests[file] = $"{await Digest.OfAsync(content, cancellation)}";
        });
        return new(digests, StringComparer.Ordinal);
    }
}
