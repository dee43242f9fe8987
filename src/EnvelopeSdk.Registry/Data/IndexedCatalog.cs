using System.Data.Common;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Data;

/// <summary>Answers from the index, in a time that hardly depends on how many envelopes there are.</summary>
internal sealed class IndexedCatalog(Database database, PlanLimits? limits = null) : ICatalog
{
    private const string Tags =
        """
        select name, value, count from term where kind = @0 order by count desc, name, value limit @1
        """;

    private const string TagsOfName =
        """
        select name, value, count from term where kind = @0 and name = @2 order by count desc, name, value limit @1
        """;

    public async Task<IReadOnlyList<CatalogEntry>> FindAsync(
        EnvelopeQuery query, NamePattern? names, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var plan = new QueryPlan(query, names, limits ?? new());
        if (await plan.ToTextAsync(connection, cancellationToken) is not { } text)
        {
            return [];
        }

        await using var command = connection.CreateCommand();
        command.CommandText = text.ToSql(limit);
        command.Add(text.Values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<CatalogEntry>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(Entry(rows, query));
        }

        return found;
    }

    public async Task<IReadOnlyList<TagCount>> CountTagsAsync(
        string? name, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = name is null ? Tags : TagsOfName;
        command.Add(name is null ? [Term.Tag, (long)limit] : [Term.Tag, (long)limit, StoredText.Write(name)]);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<TagCount>();
        while (await rows.ReadAsync(cancellationToken))
        {
            counts.Add(new(StoredText.Read(rows.GetString(0)), StoredText.Read(rows.GetString(1)), rows.GetInt64(2)));
        }

        return counts;
    }

    private static CatalogEntry Entry(DbDataReader row, EnvelopeQuery query)
    {
        var ticks = row.GetInt64(2);
        var labels = IndexedLabels.Parse(row.GetString(4));
        var digest = Digest.TryParse("sha256:" + row.GetString(1), out var parsed)
            ? parsed
            : throw new InvalidDataException($"'{row.GetString(1)}' is no digest.");
        var saved = new SavedEnvelope(
            new(row.GetString(0), digest), ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero));
        var number = query.OrderBy is null ? 0 : row.GetDouble(5);
        return new(
            saved.Reference, saved.Saved, row.IsDBNull(3) ? null : StoredText.Read(row.GetString(3)), labels.Tags,
            labels.Metrics, QueryPlace.Of(saved, query.Descending ? -number : number).ToString())
        {
            Hyperparameters = labels.Hyperparameters,
        };
    }
}
