using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// Records what is pushed of envelopes. Events that come with a push are what their writers claim; the one that says
/// that an envelope was saved, where none does, the registry writes for its caller.
/// </summary>
internal sealed class ArrivalAudit(Caller caller, AuditLog audit, IEnvelopeStore store)
{
    /// <summary>That the caller makes no event: all came from elsewhere.</summary>
    public static readonly IReadOnlySet<Guid> Nothing = new HashSet<Guid>();

    public string Who => caller.Who;

    public static ArrivalAudit Of(HttpContext context) => new(
        Caller.Of(context.User), context.RequestServices.GetRequiredService<AuditLog>(),
        context.RequestServices.GetRequiredService<IEnvelopeStore>());

    /// <summary>Does something, and records what it brings.</summary>
    /// <param name="envelope">The envelope, which need not be in the store yet.</param>
    /// <param name="events">All events that come for it.</param>
    /// <param name="signatures">All signatures.</param>
    /// <param name="stamped">The events that the registry writes for its caller.</param>
    /// <param name="change">Does it.</param>
    public async Task RunAsync(
        EnvelopeReference envelope, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        IReadOnlySet<Guid> stamped, Func<Task> change)
    {
        var known = await store.ReadJournalAsync(envelope, CancellationToken.None);
        var journal = known.With(events);
        var before = known.Events.Select(one => one.Id).ToHashSet();
        List<AuditEntry> entries =
        [
            .. events.Where(one => before.Add(one.Id)).Select(one => AuditEntry.Of(
                envelope, one, journal.ValueBefore(one), stamped.Contains(one.Id))),
            .. signatures.Select(_ => new AuditEntry(AuditAction.Sign)
            {
                Envelope = envelope.Name,
                Digest = envelope.Digest,
            }),
        ];
        await audit.RunAsync(caller, entries, change);
    }
}
