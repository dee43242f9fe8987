using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registries;

/// <summary>
/// An envelope on its way into a registry. It is written on this machine and sent when it is whole: what the registry
/// has already is not sent, what breaks off goes on, and what the registry does not take is kept in the user's own
/// store, so that no training is lost to a network that fails.
/// </summary>
internal sealed class RegistryStaging(RegistryStore registry, IEnvelopeStore rescue, IStagedEnvelope staged)
    : IStagedEnvelope
{
    public IBlobSource Content => staged.Content;

    public Task<(Digest Digest, long Size)> AddAsync(
        Func<Stream, ValueTask> write, CancellationToken cancellationToken) =>
        staged.AddAsync(write, cancellationToken);

    public Task<(Digest Digest, long Size)> AddFileAsync(string path, CancellationToken cancellationToken) =>
        staged.AddFileAsync(path, cancellationToken);

    public async Task<EnvelopeReference> CommitAsync(
        string name, Digest manifest, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        var reference = new EnvelopeReference(EnvelopeName.Check(name), manifest);
        var content = await EnvelopeContent.OpenAsync(
            await ReadAsync(manifest, cancellationToken), staged.Content, cancellationToken);
        try
        {
            await registry.CommitAsync(content, events, signatures, cancellationToken);
            return reference;
        }
        catch (EnvelopeException failure)
        {
            await staged.CommitAsync(name, manifest, events, signatures, CancellationToken.None);
            throw new EnvelopeException(
                failure.Error,
                $"{failure.Message} The envelope is saved in '{rescue.Address}'; with ENVELOPE_HOME set to that, "
                + $"'envelope push {reference} oci://{new Uri(registry.Address).Authority}/{name}' sends it.",
                failure);
        }
    }

    private async Task<byte[]> ReadAsync(Digest manifest, CancellationToken cancellationToken)
    {
        await using var source = await staged.Content.OpenAsync(manifest, cancellationToken)
            ?? throw new InvalidOperationException($"The manifest {manifest} was not added.");
        using var bytes = new MemoryStream();
        await source.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    public ValueTask DisposeAsync() => staged.DisposeAsync();
}
