using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Stores;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// Makes envelopes of the store of what is pushed. An envelope comes with all events and signatures that were sent for
/// it, in one step: when an event says that it was saved, or when it gets a tag. What is sent for it later is added.
/// </summary>
internal sealed class EnvelopeArrival(RegistryContent content, IEnvelopeStore store)
{
    private readonly Turns _turns = new();

    /// <returns>The envelope that a manifest is; null when it is none.</returns>
    /// <exception cref="RefusedException">It says that it is one, and is none that this version reads.</exception>
    public async Task<EnvelopeContent?> CheckAsync(
        string repository, PushedManifest push, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(push.Bytes, push.Outline, cancellationToken);
        }
        catch (EnvelopeException failure) when (failure.Error != EnvelopeError.Unavailable)
        {
            throw Refusals.ManifestInvalid(
                $"The manifest {push.Digest} is no sound envelope, so '{repository}' does not take it. "
                + failure.Message);
        }
    }

    /// <summary>Takes the events or signatures over that a manifest brings for an envelope in a repository.</summary>
    /// <exception cref="RefusedException">They are none.</exception>
    public async Task TakeLabelsAsync(
        string repository, PushedManifest push, ArrivalAudit audit, CancellationToken cancellationToken)
    {
        var sent = new SentLabels(content, repository);
        try
        {
            if (push.Outline is { ArtifactType: JournalManifest.Type, Subject: { } subject })
            {
                await TakeEventsAsync(
                    repository, subject, await sent.ReadEventsAsync(push.Bytes, subject, cancellationToken), audit,
                    cancellationToken);
            }
            else if (SentLabels.SignedBy(push.Tag) is { } signed
                && await content.FindEnvelopeAsync(repository, signed, cancellationToken) is { } envelope)
            {
                var signatures = await sent.ReadSignaturesAsync(push.Bytes, cancellationToken);
                await audit.RunAsync(
                    envelope, [], signatures, ArrivalAudit.Nothing,
                    () => store.AddSignaturesAsync(envelope, signatures, cancellationToken));
            }
        }
        catch (EnvelopeException failure) when (failure.Error != EnvelopeError.Unavailable)
        {
            throw Refusals.ManifestInvalid(failure.Message);
        }
    }

    /// <summary>Makes an envelope of a manifest that was pushed to the repository of its name.</summary>
    /// <param name="reference">The envelope.</param>
    /// <param name="events">Events of it.</param>
    /// <param name="signatures">Signatures of it.</param>
    /// <param name="audit">Records it.</param>
    /// <param name="stamped">Those of the events that bear the caller's name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">It was not pushed, or is no envelope of that name.</exception>
    public async Task AdmitAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        ArrivalAudit audit, IReadOnlySet<Guid> stamped, CancellationToken cancellationToken)
    {
        var (name, digest) = reference;
        var isThere = await content.IsEnvelopeAsync(name, digest, cancellationToken)
            || await content.Repository(name).HasManifestAsync(digest, cancellationToken);
        var bytes = isThere ? await content.Store.TryReadManifestAsync(digest, cancellationToken) : null;
        var envelope = bytes is null ? null : await OpenAsync(bytes, ManifestOutline.Read(bytes), cancellationToken);
        if (envelope?.Record.Name != name)
        {
            throw new EnvelopeException(
                envelope is null ? EnvelopeError.NotFound : EnvelopeError.Invalid,
                envelope is null
                    ? $"The repository '{name}' has no envelope {digest}. Push its content and its manifest first."
                    : $"{digest} is an envelope '{envelope.Record.Name}', and no '{name}'.");
        }

        await CommitAsync(name, envelope, events, signatures, audit, stamped, cancellationToken);
    }

    /// <summary>Makes an envelope one of the store, if it is not.</summary>
    /// <param name="repository">The repository that has it.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="events">Events that are known besides those that were sent to the repository.</param>
    /// <param name="signatures">Signatures that are known besides those that were sent to the repository.</param>
    /// <param name="audit">Records it.</param>
    /// <param name="stamped">Those of the events that bear the caller's name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task CommitAsync(
        string repository, EnvelopeContent envelope, IReadOnlyList<JournalEvent> events,
        IReadOnlyList<EnvelopeSignature> signatures, ArrivalAudit audit, IReadOnlySet<Guid> stamped,
        CancellationToken cancellationToken)
    {
        using var turn = await _turns.WaitAsync(cancellationToken);
        var (name, digest) = (envelope.Record.Name, envelope.Digest);
        if (await content.Store.HasAsync(envelope.Reference, cancellationToken))
        {
            await audit.RunAsync(
                envelope.Reference, events, signatures, stamped,
                () => AddAsync(envelope.Reference, events, signatures, cancellationToken));
            return;
        }

        var sent = new SentLabels(content, repository);
        var known = EnvelopeJournal.Of(events.Concat(await sent.EventsOfAsync(digest, cancellationToken)));
        if (known.Saved is null)
        {
            var writer = new JournalWriter(digest, known, TimeProvider.System) { Who = audit.Who };
            writer.Save(await store.LastSavedAsync(name, cancellationToken));
            (known, stamped) = (known.With(writer.Events), new HashSet<Guid>(stamped) { writer.Events[^1].Id });
        }

        await using var staged = await store.StageAsync(cancellationToken);
        await staged.AddAsync(stream => stream.WriteAsync(envelope.Manifest, cancellationToken), cancellationToken);
        List<EnvelopeSignature> signed = [.. signatures, .. await sent.SignaturesOfAsync(digest, cancellationToken)];
        await audit.RunAsync(
            envelope.Reference, known.Events, signed, stamped,
            () => staged.CommitAsync(name, digest, known.Events, signed, cancellationToken));
    }

    /// <summary>Adds to what the store knows of an envelope.</summary>
    /// <exception cref="EnvelopeException">It is not in the store, or the store cannot be written.</exception>
    public async Task AddAsync(
        EnvelopeReference envelope, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        if (signatures.Count > 0)
        {
            await store.AddSignaturesAsync(envelope, signatures, cancellationToken);
        }

        if (events.Count > 0)
        {
            await store.AppendAsync(envelope, events, cancellationToken);
        }
    }

    private async Task TakeEventsAsync(
        string repository, Digest subject, IReadOnlyList<JournalEvent> events, ArrivalAudit audit,
        CancellationToken cancellationToken)
    {
        if (await content.FindEnvelopeAsync(repository, subject, cancellationToken) is { } envelope)
        {
            await audit.RunAsync(
                envelope, events, [], ArrivalAudit.Nothing, () => store.AppendAsync(envelope, events, cancellationToken));
        }
        else if (events.Any(one => one.Kind == JournalEventKind.Saved)
            && await content.Repository(repository).HasManifestAsync(subject, cancellationToken)
            && await content.Store.TryReadManifestAsync(subject, cancellationToken) is { } bytes
            && await OpenAsync(bytes, ManifestOutline.Read(bytes), cancellationToken) is { } arrived)
        {
            await CommitAsync(
                repository, arrived, events, [], audit, ArrivalAudit.Nothing, cancellationToken);
        }
    }

    /// <returns>Null when it is another kind of artifact, or another tool's model.</returns>
    private async Task<EnvelopeContent?> OpenAsync(
        byte[] manifest, ManifestOutline outline, CancellationToken cancellationToken) =>
        outline.ArtifactType == ModelPackMediaTypes.Artifact && HasRecord(manifest)
            ? await EnvelopeContent.OpenAsync(manifest, content.Store.Content, cancellationToken)
            : null;

    private static bool HasRecord(byte[] manifest) =>
        DistributionJsonContext.TryRead(manifest, DistributionJsonContext.Default.SignatureLayers)?.Layers?
            .Any(layer => layer?.FilePath == EnvelopeContent.RecordPath) == true;
}
