using System.Buffers.Binary;
using System.Data.Common;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Events;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>
/// The rows of envelopes in a database. Whoever writes is alone, and reads what he writes only then: what is written
/// last was read last, however many registries follow one store.
/// </summary>
internal sealed class CatalogIndex(Database database, TimeProvider? clock = null)
{
    /// <summary>How many envelopes with the same first digits are looked at at once: one under several names.</summary>
    private const int Namesakes = 64;

    /// <summary>
    /// Where the envelopes of these first digits stand, and those behind them in the order of digests.
    /// </summary>
    public static long PlaceOf(string hex) =>
        BinaryPrimitives.ReadInt64BigEndian(Convert.FromHexString(hex[..16])) >>> 1;

    /// <summary>The envelopes that it has, and what their journals were like.</summary>
    public async Task<Dictionary<EnvelopeReference, JournalStamp>> ReadStampsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = IndexSql.Stamps;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var stamps = new Dictionary<EnvelopeReference, JournalStamp>();
        while (await rows.ReadAsync(cancellationToken))
        {
            stamps[new(rows.GetString(0), DigestOf(rows.GetString(1)))] = new(rows.GetInt64(2), rows.GetInt64(3));
        }

        return stamps;
    }

    /// <summary>Lets the rows of envelopes say what is known of them, all in one step.</summary>
    /// <param name="envelopes">The envelopes.</param>
    /// <param name="read">Reads what is known of one; null: it is no more.</param>
    /// <param name="cancellationToken">Stops the writing; nothing is written then.</param>
    public async Task WriteAsync(
        IEnumerable<EnvelopeReference> envelopes,
        Func<EnvelopeReference, CancellationToken, Task<EnvelopeFacts?>> read,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var transaction = await database.BeginWriteAsync(connection, cancellationToken);
        await using (var statements = new Statements(connection, transaction))
        {
            var now = (clock ?? TimeProvider.System).GetUtcNow();
            var happened = new List<UntoldEvent>();
            var change = new IndexChange();
            foreach (var one in envelopes.Distinct())
            {
                var facts = await read(one, cancellationToken);
                var (id, before) = await FindAsync(statements, one, change, cancellationToken);
                change.Add(id, before, facts);
                happened.AddRange(Occurrence.Between(before, facts, now).Select(what => UntoldEvent.Of(one, what)));
            }

            await change.WriteAsync(statements, cancellationToken);
            await AnnouncementLog.AddAsync(statements, happened, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static Digest DigestOf(string hex) => Digest.TryParse("sha256:" + hex, out var digest)
        ? digest
        : throw new InvalidDataException($"'{hex}' is no digest.");

    /// <returns>Where an envelope stands or is to stand, and what is known of it if it is there.</returns>
    private static async Task<(long Id, EnvelopeFacts? Facts)> FindAsync(
        Statements statements, EnvelopeReference reference, IndexChange change, CancellationToken cancellationToken)
    {
        for (var first = PlaceOf(reference.Digest.Hex); ; first += Namesakes)
        {
            var taken = new HashSet<long>();
            await using (var rows = await statements.ReadAsync(
                IndexSql.Find, cancellationToken, first, first + Namesakes))
            {
                while (await rows.ReadAsync(cancellationToken))
                {
                    if (rows.GetString(1) == reference.Name && rows.GetString(2) == reference.Digest.Hex)
                    {
                        return (rows.GetInt64(0), Read(rows, reference));
                    }

                    taken.Add(rows.GetInt64(0));
                }
            }

            for (var id = first; id < first + Namesakes; id++)
            {
                if (!taken.Contains(id) && !change.Takes(id))
                {
                    return (id, null);
                }
            }
        }
    }

    private static EnvelopeFacts Read(DbDataReader row, EnvelopeReference reference) => new(
        reference, row.GetInt64(3), null, null, row.IsDBNull(4) ? null : StoredText.Read(row.GetString(4)),
        IndexedLabels.Parse(row.GetString(5)), default,
        EventPlace.Parse(row.GetInt64(6), row.IsDBNull(7) ? null : row.GetString(7)));
}
