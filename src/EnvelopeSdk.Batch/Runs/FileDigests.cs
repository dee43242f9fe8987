using System.Collections.Concurrent;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// What is in the files of an input, in short. An input that is one file is read at once: the engine starts meanwhile,
/// which keeps one processor busy, and the first rows may be answered.
/// </summary>
internal sealed class FileDigests
{
    private readonly ConcurrentDictionary<string, (string? Real, long Bytes, DateTime Written)> _looks =
        new(StringComparer.Ordinal);

    private readonly Func<string, CancellationToken, Task<string>> _read;
    private readonly CancellationToken _cancellationToken;
    private readonly string? _named;
    private readonly Task<string>? _early;

    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="read">Gives the digest of a file; that of its bytes, if absent.</param>
    public FileDigests(
        string input, CancellationToken cancellationToken, Func<string, CancellationToken, Task<string>>? read = null)
    {
        (_read, _cancellationToken) = (read ?? OfBytesAsync, cancellationToken);
        if (File.Exists(input))
        {
            _named = Path.GetFullPath(input);
            _early = Task.Run(() => ReadAsync(_named, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Looks at files, of which something is read before their digests are: their columns.</summary>
    public void Look(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            _looks.GetOrAdd(file, LookOf);
        }
    }

    /// <summary>Reads them, several at once.</summary>
    /// <returns>The digest of each, by its path.</returns>
    public async Task<SortedDictionary<string, string>> OfAsync(IEnumerable<string> files)
    {
        var digests = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(files, _cancellationToken, async (file, cancellation) =>
            digests[file] = await (file == _named ? _early! : ReadAsync(file, cancellation)));
        return new(digests, StringComparer.Ordinal);
    }

    /// <summary>Rows are read after the digests, and some of them much later.</summary>
    /// <param name="file">The file that is meant; all, if absent.</param>
    /// <exception cref="EnvelopeException">A file is another than the one whose digest was taken.</exception>
    public void EnsureUnchanged(string? file = null)
    {
        if (Changed(file) is { } changed)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"'{changed}' was changed while its rows were answered: answers of two tables would be one. Let it "
                + "stay as it is until the job has ended, and run the job again with --overwrite.");
        }
    }

    /// <summary>A file that is another than the one whose digest was taken; null if none is.</summary>
    /// <param name="file">The file that is meant; all, if absent.</param>
    public string? Changed(string? file = null)
    {
        IEnumerable<string> meant = file is null ? _looks.Keys : [file];
        return meant.FirstOrDefault(one => LookOf(one) != _looks[one]);
    }

    /// <summary>Of a link, what it leads to: the link itself stays as it is when that is written.</summary>
    private static (string? Real, long Bytes, DateTime Written) LookOf(string file)
    {
        var real = RealPath.Of(file);
        return new FileInfo(real ?? file) is { Exists: true } there
            ? (real, there.Length, there.LastWriteTimeUtc) : (real, -1, default);
    }

    private async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        _looks.GetOrAdd(file, LookOf);
        return await _read(file, cancellationToken);
    }

    private static async Task<string> OfBytesAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(
            file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return $"{await Digest.OfAsync(content, cancellationToken)}";
    }
}
