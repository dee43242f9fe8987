using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Layouts;

/// <content>
/// Signatures of envelopes. They lie in the directory of the envelope and come and go with it; those that are added
/// take the place of the file in one step.
/// </content>
internal sealed partial class FolderStore
{
    public async Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        await CheckAsync(cancellationToken);
        var layout = Layout(EnvelopeName.Check(reference.Name));
        return await layout.Signatures(reference.Digest).ReadAsync(cancellationToken);
    }

    public async Task AddSignaturesAsync(
        EnvelopeReference reference, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(signatures);
        await CheckAsync(cancellationToken);
        await FindAsync(EnvelopeName.Check(reference.Name), reference.Digest, cancellationToken);
        try
        {
            using (await LockAsync(cancellationToken))
            {
                await RecoverAsync(cancellationToken);
                await FindAsync(reference.Name, reference.Digest, cancellationToken);
                var layout = Layout(reference.Name);
                Changes.Note(reference.Name, [reference.Digest]);
                RemovePartial(layout.EntryOf(reference.Digest)); // of one who had no space to clean up
                await SignAsync(layout, reference.Digest, signatures, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreAdvice.NotChanged(this, reference.ToString(), failure);
        }
    }

    private async Task SignAsync(
        NameLayout layout, Digest envelope, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        if (signatures.Count == 0)
        {
            return;
        }

        await new PendingChange(layout.Name, [envelope]).BeginAsync(Address, cancellationToken);
        try
        {
            await layout.Signatures(envelope).AddAsync(signatures, cancellationToken);
        }
        finally
        {
            PendingChange.End(Address); // added or not: only who is killed leaves something
        }
    }
}
