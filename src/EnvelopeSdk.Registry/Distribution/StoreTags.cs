using System.Runtime.CompilerServices;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// The tags of a repository: those that were pushed, <c>latest</c> of envelopes that have its name, and those under
/// which clients look for what the store knows of those envelopes in it whose names the caller may read.
/// </summary>
internal sealed class StoreTags(RegistryContent content, MadeContent made, string repository, NamePattern? names)
{
    /// <summary>What the store says of a tag, whatever was pushed under it.</summary>
    /// <returns>Null when it says nothing.</returns>
    public async Task<FoundManifest?> FindAsync(string tag, CancellationToken cancellationToken)
    {
        if (tag == RegistryContent.Latest && await content.IsNameAsync(repository, cancellationToken))
        {
            var newest = await content.Store.Envelopes.OpenAsync(repository, cancellationToken: cancellationToken);
            return new(newest.Digest, ModelPackMediaTypes.Manifest, newest.Manifest.ToArray());
        }

        if (StoredJournal.PrefixOf(tag) is { } prefix)
        {
            return await FindByPrefixAsync(prefix, cancellationToken) is { } envelope
                ? await new StoredJournal(content.Store, made, repository).MakeAsync(envelope, cancellationToken)
                : null;
        }

        return SentLabels.SignedBy(tag) is { } digest
            && await FindEnvelopeAsync(digest, cancellationToken) is { } signed
            ? await new StoredSignatures(content, made, repository).MakeAsync(signed, tag, cancellationToken)
            : null;
    }

    /// <summary>All tags, each once, in no order.</summary>
    public async Task<IEnumerable<string>> ListAsync(CancellationToken cancellationToken)
    {
        var tags = new HashSet<string>(
            await content.Repository(repository).TagsAsync(cancellationToken), StringComparer.Ordinal);
        if (await content.IsNameAsync(repository, cancellationToken))
        {
            tags.Add(RegistryContent.Latest);
        }

        await foreach (var envelope in EnvelopesAsync(cancellationToken))
        {
            var journal = await content.Store.StampAsync(envelope, cancellationToken);
            if (StoredJournal.TagOf(envelope.Digest, journal.Length) is { } tag)
            {
                tags.Add(tag);
            }

            if (await content.Store.IsSignedAsync(envelope, cancellationToken))
            {
                tags.Add(SentLabels.SignatureTag(envelope.Digest));
            }
        }

        return tags;
    }

    private async Task<EnvelopeReference?> FindByPrefixAsync(string hex, CancellationToken cancellationToken) =>
        (await CandidatesAsync(cancellationToken))
            .FirstOrDefault(one => one.Hex.StartsWith(hex, StringComparison.Ordinal)) is { Hex: not null } digest
            ? await FindEnvelopeAsync(digest, cancellationToken)
            : null;

    private async IAsyncEnumerable<EnvelopeReference> EnvelopesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var digest in (await CandidatesAsync(cancellationToken)).Distinct())
        {
            if (await FindEnvelopeAsync(digest, cancellationToken) is { } envelope)
            {
                yield return envelope;
            }
        }
    }

    private async Task<EnvelopeReference?> FindEnvelopeAsync(Digest digest, CancellationToken cancellationToken) =>
        await content.FindEnvelopeAsync(repository, digest, cancellationToken) is { } found
        && names?.IsMatch(found.Name) != false
            ? found
            : null;

    private async Task<IEnumerable<Digest>> CandidatesAsync(CancellationToken cancellationToken)
    {
        var envelopes = await content.EnvelopesOfAsync(repository, cancellationToken);
        return envelopes.Concat(await content.Repository(repository).ManifestsAsync(cancellationToken));
    }
}
