using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Signing;

/// <summary>The signatures of one envelope in a file, which is replaced in one step.</summary>
/// <param name="path">The file.</param>
internal sealed class SignatureFile(string path)
{
    public string FilePath => path;

    /// <summary>Where lines are put aside that cannot be read.</summary>
    public string AsidePath => path + ".damaged";

    public async Task<IReadOnlyList<EnvelopeSignature>> ReadAsync(CancellationToken cancellationToken) =>
        SignatureLines.Read(await ReadTextAsync(cancellationToken), path);

    /// <summary>Adds signatures that are not there yet, all or none. The caller holds the store's lock.</summary>
    public async Task AddAsync(IReadOnlyList<EnvelopeSignature> signatures, CancellationToken cancellationToken)
    {
        if (signatures.Count == 0)
        {
            return;
        }

        var text = await ReadTextAsync(cancellationToken);
        var known = SignatureLines.Read(text, path);
        var added = signatures.ExceptBy(known.Select(one => one.Id), one => one.Id).ToList();
        SignatureLines.EnsureFew(known.Count + added.Count, path);
        if (added.Count > 0)
        {
            // The lines that are there stay as they are, those of a newer version among them.
            byte[] before = text is [] or [.., (byte)'\n'] ? text : [.. text, (byte)'\n'];
            byte[] after = [.. before, .. SignatureLines.Write(added)];
            await DurableFile.ReplaceAsync(path, after, cancellationToken);
        }
    }

    /// <summary>Finds the lines that cannot be read.</summary>
    /// <param name="putAside">Whether to take them out. The caller holds the store's lock then.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What is wrong with each.</returns>
    public async Task<IReadOnlyList<string>> FindDamageAsync(bool putAside, CancellationToken cancellationToken) =>
        await DamagedLines.FindAsync(
            path,
            await ReadTextAsync(cancellationToken),
            (line, number) => SignatureLines.DamageOf(line.Span, out _) is { } damage
                ? $"Line {number} is no signature: {damage}"
                : null,
            putAside ? AsidePath : null,
            cancellationToken);

    private async Task<byte[]> ReadTextAsync(CancellationToken cancellationToken) =>
        File.Exists(path) ? await StoredFile.ReadAsync(path, cancellationToken) : [];
}
