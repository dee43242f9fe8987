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

    /// <summary>Where the envelopes of these first digits stand, and those behind them in the order of digests.</summary>
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
            var happened = new List<(EnvelopeReference, Occurrence)>();
            foreach (var one in envelopes)
            {
                var facts = await read(one, cancellationToken);
                var before = await new IndexedEnvelope(statements, one).WriteAsync(facts, cancellationToken);
                happened.AddRange(Occurrence.Between(before, facts, now).Select(what => (one, what)));
            }

            await AnnouncementLog.AddAsync(statements, happened, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static Digest DigestOf(string hex) => Digest.TryParse("sha256:" + hex, out var digest)
        ? digest
        : throw new InvalidDataException($"'{hex}' is no digest.");

    /// <summary>One envelope within a transaction.</summary>
    private sealed class IndexedEnvelope(Statements statements, EnvelopeReference reference)
    {
        /// <returns>What was known of it before; null: nothing.</returns>
        public async Task<EnvelopeFacts?> WriteAsync(EnvelopeFacts? facts, CancellationToken cancellationToken)
        {
            var (id, old) = await FindAsync(cancellationToken);
            if (facts is not null)
            {
                await statements.RunAsync(
                    old is null ? IndexSql.Add : IndexSql.Replace, cancellationToken, id, reference.Name,
                    reference.Digest.Hex, facts.Saved, facts.SavedBy is { } who ? StoredText.Write(who) : null,
                    facts.Commit is { } commit ? StoredText.Write(commit) : null,
                    facts.Schema is { } schema ? StoredText.Write(schema) : null, facts.Labels.ToJson(),
                    facts.Stamp.Length, facts.Stamp.Time, facts.Latest.Ticks, facts.Latest.Id.ToString("D"));
            }
            else if (old is not null)
            {
                await statements.RunAsync(IndexSql.Remove, cancellationToken, id);
            }

            await WriteTermsAsync(id, old, facts, cancellationToken);
            await WriteNumbersAsync(id, old, facts, cancellationToken);
            return old;
        }

        /// <returns>Where it stands or is to stand, and what is known of it if it is there.</returns>
        private async Task<(long Id, EnvelopeFacts? Facts)> FindAsync(CancellationToken cancellationToken)
        {
            for (var first = PlaceOf(reference.Digest.Hex); ; first += Namesakes)
            {
                var free = first;
                await using var rows = await statements.ReadAsync(
                    IndexSql.Find, cancellationToken, first, first + Namesakes);
                while (await rows.ReadAsync(cancellationToken))
                {
                    if (rows.GetString(1) == reference.Name && rows.GetString(2) == reference.Digest.Hex)
                    {
                        return (rows.GetInt64(0), await ReadAsync(rows, cancellationToken));
                    }

                    free += rows.GetInt64(0) == free ? 1 : 0;
                }

                if (free < first + Namesakes)
                {
                    return (free, null);
                }
            }
        }

        private async Task<EnvelopeFacts> ReadAsync(DbDataReader row, CancellationToken cancellationToken) => new(
            reference, row.GetInt64(3), null, null,
            await row.IsDBNullAsync(4, cancellationToken) ? null : StoredText.Read(row.GetString(4)),
            IndexedLabels.Parse(row.GetString(5)), default,
            EventPlace.Parse(
                row.GetInt64(6), await row.IsDBNullAsync(7, cancellationToken) ? null : row.GetString(7)));

        private async Task WriteTermsAsync(
            long id, EnvelopeFacts? old, EnvelopeFacts? facts, CancellationToken cancellationToken)
        {
            var before = old?.Terms.ToHashSet() ?? [];
            var after = facts?.Terms.ToHashSet() ?? [];
            var isMoved = old?.Saved != facts?.Saved;
            foreach (var term in before.Where(term => isMoved || !after.Contains(term)))
            {
                var number = await statements.NumberAsync(IndexSql.Uncount, cancellationToken, term.Key);
                await statements.RunAsync(IndexSql.RemoveTerm, cancellationToken, number, old!.Saved, id);
            }

            foreach (var term in after.Where(term => isMoved || !before.Contains(term)))
            {
                var number = await CountAsync(term, cancellationToken);
                await statements.RunAsync(IndexSql.AddTerm, cancellationToken, number, facts!.Saved, id);
            }

            foreach (var term in before.Except(after))
            {
                await statements.RunAsync(IndexSql.Forget, cancellationToken, term.Key);
            }
        }

        private async Task WriteNumbersAsync(
            long id, EnvelopeFacts? old, EnvelopeFacts? facts, CancellationToken cancellationToken)
        {
            foreach (var name in old?.Labels.Metrics.Keys ?? [])
            {
                await RemoveAsync(IndexSql.RemoveMetric, Term.OfMetric(name), id, cancellationToken);
            }

            foreach (var name in old?.Labels.Hyperparameters.Keys ?? [])
            {
                await RemoveAsync(IndexSql.RemoveHyperparameter, Term.OfHyperparameter(name), id, cancellationToken);
            }

            foreach (var (name, value) in facts?.Labels.Metrics ?? new Dictionary<string, double>())
            {
                var number = await CountAsync(Term.OfMetric(name), cancellationToken);
                await statements.RunAsync(
                    IndexSql.AddMetric, cancellationToken, number, id, facts!.Saved,
                    double.IsNaN(value) ? null : value);
            }

            foreach (var (name, value) in facts?.Labels.Hyperparameters ?? new Dictionary<string, double>())
            {
                var number = await CountAsync(Term.OfHyperparameter(name), cancellationToken);
                await statements.RunAsync(IndexSql.AddHyperparameter, cancellationToken, number, id, value);
            }
        }

        private async Task RemoveAsync(string sql, Term term, long id, CancellationToken cancellationToken)
        {
            var number = await statements.NumberAsync(IndexSql.Uncount, cancellationToken, term.Key);
            await statements.RunAsync(sql, cancellationToken, number, id);
            await statements.RunAsync(IndexSql.Forget, cancellationToken, term.Key);
        }

        private Task<long> CountAsync(Term term, CancellationToken cancellationToken) => statements.NumberAsync(
            IndexSql.Count, cancellationToken, term.Key, term.Kind, StoredText.Write(term.Name),
            StoredText.Write(term.Value));
    }
}
