using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <content>
/// What changes the store. Who changes an envelope locks its row first, and writes for the catalog that it changed.
/// </content>
internal sealed partial class DatabaseStore
{
    public Task<IStagedEnvelope> StageAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IStagedEnvelope>(new DatabaseStaging(this));

    public async Task<int> DeleteAsync(
        string name, IReadOnlyDictionary<Digest, Guid?> envelopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelopes);
        EnvelopeName.Check(name);
        return await database.WriteAsync(
            async statements =>
            {
                var deleted = 0;
                foreach (var (digest, last) in envelopes.OrderBy(one => one.Key.Hex, StringComparer.Ordinal))
                {
                    var reference = new EnvelopeReference(name, digest);
                    if (await IsUnchangedAsync(statements, reference, last, cancellationToken))
                    {
                        await statements.RunAsync(StoreSql.Delete, cancellationToken, Key(reference));
                        deleted++;
                    }
                }

                return deleted;
            },
            cancellationToken);
    }

    public async Task AppendAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(events);
        EnvelopeName.Check(reference.Name);
        EnsureSound(reference, events);
        await ChangeAsync(
            reference, statements => AddAsync(statements, reference, events, cancellationToken), cancellationToken);
    }

    public async Task AddSignaturesAsync(
        EnvelopeReference reference, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(signatures);
        EnvelopeName.Check(reference.Name);
        await ChangeAsync(
            reference, statements => AddAsync(statements, reference, signatures, cancellationToken), cancellationToken);
    }

    /// <summary>Makes staged content an envelope of the store, whole.</summary>
    /// <exception cref="EnvelopeException">Content that it refers to is missing.</exception>
    internal async Task CommitAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        EnsureSound(reference, events);
        var manifest = ManifestReader.Read(
            await ReadManifestAsync(reference, cancellationToken), Content.Describe(reference.Digest));
        Digest[] content =
            [reference.Digest, manifest.Config.Digest, .. manifest.Layers.Select(layer => layer.Digest).Distinct()];
        await database.WriteAsync(
            async statements =>
            {
                if (await SharedContent.HoldAsync(statements, content, cancellationToken) is [var missing, ..])
                {
                    throw new EnvelopeException(
                        EnvelopeError.Invalid,
                        $"The envelope '{reference.Name}' refers to {missing}, which was not sent. Send it, and save "
                        + "the envelope again.");
                }

                await statements.RunAsync(StoreSql.Add, cancellationToken, Key(reference));
                await statements.RunAsync(
                    StoreSql.AddContent, cancellationToken, [.. Key(reference), SharedContent.Hexes(content)]);
                await AddAsync(statements, reference, signatures, cancellationToken);
                await AddAsync(statements, reference, events, cancellationToken);
                await SettleAsync(statements, reference, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private async Task ChangeAsync(
        EnvelopeReference reference, Func<Statements, Task> change, CancellationToken cancellationToken)
    {
        var wasThere = await database.WriteAsync(
            async statements =>
            {
                var isThere = await LockAsync(statements, reference, cancellationToken);
                if (isThere)
                {
                    await change(statements);
                    await SettleAsync(statements, reference, cancellationToken);
                }

                return isThere;
            },
            cancellationToken);
        if (!wasThere)
        {
            throw NotFound(
                reference,
                await ListNewestAsync(reference.Name, cancellationToken).FirstOrDefaultAsync(cancellationToken));
        }
    }

    /// <returns>Whether the envelope is there. Nobody else changes it until the transaction ends.</returns>
    private static async Task<bool> LockAsync(
        Statements statements, EnvelopeReference reference, CancellationToken cancellationToken) =>
        await statements.NumberAsync(StoreSql.Lock, cancellationToken, Key(reference)) > 0;

    private static async Task<bool> IsUnchangedAsync(
        Statements statements, EnvelopeReference reference, Guid? last, CancellationToken cancellationToken)
    {
        if (!await LockAsync(statements, reference, cancellationToken))
        {
            return false;
        }

        if (last is null)
        {
            return true;
        }

        var lines = await statements.ListAsync(StoreSql.Journal, Line, cancellationToken, Key(reference));
        return JournalOf(reference, lines).Events is [.., var newest] && newest.Id == last;
    }

    private static void EnsureSound(EnvelopeReference reference, IReadOnlyList<JournalEvent> events)
    {
        foreach (var one in events)
        {
            if (JournalLines.WhyUnsound(one, reference.Digest) is { } reason)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The event {one.Id} does not go into the journal of {reference.Digest}: {reason}");
            }
        }
    }

    private static Task AddAsync(
        Statements statements, EnvelopeReference reference, IReadOnlyList<JournalEvent> events,
        CancellationToken cancellationToken) => statements.RunAsync(
        StoreSql.AddEvents, cancellationToken,
        [
            .. Key(reference), events.Select(one => one.Id).ToArray(),
            events.Select(one => one.Time.UtcTicks).ToArray(),
            events.Select(one => one.Kind == JournalEventKind.Saved).ToArray(),
            events.Select(one => JournalLines.Write([one])).ToArray(),
        ]);

    private static async Task AddAsync(
        Statements statements, EnvelopeReference reference, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        if (signatures.Count == 0)
        {
            return;
        }

        var known = SignaturesOf(
            reference, await statements.ListAsync(StoreSql.Signatures, Line, cancellationToken, Key(reference)));
        var added = signatures.ExceptBy(known.Select(one => one.Id), one => one.Id).DistinctBy(one => one.Id).ToList();
        SignatureLines.EnsureFew(known.Count + added.Count, reference.ToString());
        foreach (var one in added)
        {
            await statements.RunAsync(
                StoreSql.AddSignature, cancellationToken,
                [.. Key(reference), KeyOf(one), SignatureLines.Write([one])]);
        }
    }

    private static string KeyOf(EnvelopeSignature one)
    {
        var signature = one.Id.Signature is { } text ? "+" + text : "-";
        return Digest.Of(Encoding.UTF8.GetBytes($"{one.Id.Payload.Hex} {signature}")).Hex;
    }

    private static Task SettleAsync(
        Statements statements, EnvelopeReference reference, CancellationToken cancellationToken) =>
        statements.RunAsync(StoreSql.Settle, cancellationToken, [.. Key(reference), Untimed]);
}
