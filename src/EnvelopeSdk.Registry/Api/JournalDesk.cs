using System.Security.Claims;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Api;

/// <summary>
/// Changes envelopes for callers whom the registry knows: puts their names to it, and into the audit.
/// </summary>
internal sealed class JournalDesk(IEnvelopeStore store, AuditLog audit, TimeProvider clock)
{
    /// <summary>Sets tags, and takes those away whose value is null.</summary>
    /// <returns>What has changed: nothing when all was so already.</returns>
    /// <exception cref="EnvelopeException">A tag has no name, or the envelope is not there.</exception>
    public Task<IReadOnlyList<Change>> TagAsync(
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
    public async Task<IReadOnlyList<Change>> WriteAsync(
        EnvelopeReference envelope, ClaimsPrincipal caller, Action<JournalWriter> write,
        CancellationToken cancellationToken)
    {
        var known = await store.ReadJournalAsync(envelope, cancellationToken);
        var by = Caller.Of(caller);
        var writer = new JournalWriter(envelope.Digest, known, clock) { Who = by.Who };
        write(writer);
        var journal = known.With(writer.Events);
        await audit.RunAsync(
            by, [.. writer.Events.Select(one => AuditEntry.Of(envelope, one, journal.ValueBefore(one), isStamped: true))],
            () => store.AppendAsync(envelope, writer.Events, cancellationToken));
        return [.. writer.Events.Select(one => Change.Of(journal, one))];
    }

    /// <summary>Takes an envelope out of the store.</summary>
    /// <exception cref="EnvelopeException">It is not there, or the store cannot be written.</exception>
    public async Task DeleteAsync(
        EnvelopeReference envelope, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        await store.OpenAsync(envelope.Name, envelope.Digest, cancellationToken);
        var entry = new AuditEntry(AuditAction.Delete) { Envelope = envelope.Name, Digest = envelope.Digest };
        await audit.RunAsync(
            Caller.Of(caller), [entry], () => store.DeleteAsync(envelope, cancellationToken));
    }
}
