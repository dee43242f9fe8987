using System.Security.Claims;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Distribution;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Api;

/// <summary>
/// Changes envelopes for callers whom the registry knows: puts their names to it, and into the audit.
/// </summary>
internal sealed class JournalDesk(
    IEnvelopeStore store, EnvelopeArrival arrival, DeploymentStore deployments, AuditLog audit, TimeProvider clock)
{
    /// <summary>Sets tags, and takes those away whose value is null.</summary>
    /// <returns>What has changed: nothing when all was so already.</returns>
    /// <exception cref="EnvelopeException">A tag has no name, or the envelope is not there.</exception>
    public Task<IReadOnlyList<EnvelopeChange>> TagAsync(
        EnvelopeReference envelope, IReadOnlyDictionary<string, string?> tags, ClaimsPrincipal caller,
        CancellationToken cancellationToken)
    {
        if (tags.Keys.Any(string.IsNullOrWhiteSpace))
        {
            throw new EnvelopeException(EnvelopeError.Invalid, "A tag has no name. Give it one.");
        }

        return WriteAsync(
            envelope, caller,
            writer =>
            {
                foreach (var (name, value) in tags)
                {
                    if (value is null)
                    {
                        writer.RemoveTag(name);
                    }
                    else
                    {
                        writer.SetTag(name, value);
                    }
                }
            },
            cancellationToken);
    }

    /// <exception cref="EnvelopeException">The envelope is not there, or the store cannot be written.</exception>
    public async Task<IReadOnlyList<EnvelopeChange>> WriteAsync(
        EnvelopeReference envelope, ClaimsPrincipal caller, Action<JournalWriter> write,
        CancellationToken cancellationToken)
    {
        EnvelopeName.Check(envelope.Name);
        var known = await store.ReadJournalAsync(envelope, cancellationToken);
        var by = Caller.Of(caller);
        var writer = new JournalWriter(envelope.Digest, known, clock) { Who = by.Who };
        write(writer);
        var journal = known.With(writer.Events);
        await audit.RunAsync(
            by,
            [.. writer.Events.Select(one => AuditEntry.Of(envelope, one, journal.ValueBefore(one), isStamped: true))],
            () => store.AppendAsync(envelope, writer.Events, cancellationToken));
        return [.. writer.Events.Select(one => Answers.Change(journal, one, isClaim: false))];
    }

    /// <summary>Adds to the journal and the signatures of an envelope of the store.</summary>
    /// <exception cref="EnvelopeException">The envelope is not there, or the store cannot be written.</exception>
    public async Task AddAsync(
        EnvelopeReference envelope, Additions additions, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        EnvelopeName.Check(envelope.Name);
        var by = Caller.Of(caller);
        var events = additions.EventsBy(by.Who);
        await new ArrivalAudit(by, audit, store).RunAsync(
            envelope, events, additions.Signatures, additions.Made.Select(one => one.Id).ToHashSet(),
            () => arrival.AddAsync(envelope, events, additions.Signatures, cancellationToken));
    }

    /// <summary>Makes an envelope of a manifest that was pushed to the repository of its name.</summary>
    /// <exception cref="EnvelopeException">It was not, or is no envelope of that name.</exception>
    public async Task CommitAsync(
        EnvelopeReference envelope, Additions additions, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var by = Caller.Of(caller);
        await arrival.AdmitAsync(
            envelope, additions.EventsBy(by.Who), additions.Signatures, new(by, audit, store),
            additions.Made.Select(one => one.Id).ToHashSet(), cancellationToken);
    }

    /// <summary>Removes content that nobody needs.</summary>
    /// <exception cref="EnvelopeException">The store cannot be read or written.</exception>
    public async Task<CollectedBlobs> CollectAsync(ClaimsPrincipal caller, CancellationToken cancellationToken) =>
        await audit.RunAsync(
            Caller.Of(caller), [new AuditEntry(AuditAction.Collect)],
            () => store.CollectAsync(null, cancellationToken));

    /// <summary>Takes an envelope out of the store.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="last">The last event that the caller knows of it; null: whatever has happened.</param>
    /// <param name="caller">Who takes it out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">
    /// It is not there, it is deployed, more has happened to it, or the store cannot be written.
    /// </exception>
    public async Task DeleteAsync(
        EnvelopeReference envelope, Guid? last, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        EnvelopeName.Check(envelope.Name);
        if ((await deployments.CurrentAsync(null, cancellationToken)).FirstOrDefault(one => one.Envelope == envelope)
            is { } deployed)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"'{envelope}' is deployed on '{deployed.Configuration}', so it was not deleted. Deploy another one there "
                + "first.");
        }

        var entry = new AuditEntry(AuditAction.Delete) { Envelope = envelope.Name, Digest = envelope.Digest };
        await audit.RunAsync(Caller.Of(caller), [entry], async () =>
        {
            var wanted = new Dictionary<Digest, Guid?> { [envelope.Digest] = last };
            if (await store.DeleteAsync(envelope.Name, wanted, cancellationToken) == 0)
            {
                await store.OpenAsync(envelope.Name, envelope.Digest, cancellationToken);
                throw new EnvelopeException(
                    EnvelopeError.Mismatch,
                    $"More has happened to '{envelope}' since the event {last:D}, so it was not deleted.");
            }
        });
    }
}
