using System.Text.Json;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>
/// Adds to a schema what only examples can tell: the columns of the tables that queries take and answer. Of several
/// examples of a query, a column is nullable when it had a missing value in one.
/// </summary>
internal static class FrozenColumns
{
    private const int MostSeen = 16;

    /// <summary>Strings without repetition, sorted; null when there are many.</summary>
    public static IReadOnlyList<string>? Few(IEnumerable<string> values)
    {
        var few = values.Distinct(StringComparer.Ordinal).Take(MostSeen + 1).Order(StringComparer.Ordinal).ToList();
        return few.Count is 0 or > MostSeen ? null : few;
    }

    /// <exception cref="EnvelopeException">
    /// A query with a table has no example, or its examples have different columns.
    /// </exception>
    public static ModelSchema AddTo(ModelSchema schema, IEnumerable<PredictionExample> examples) =>
        schema with
        {
            Queries =
            [
                .. schema.Queries.Select(query => query.Recorder is null
                    ? query
                    : AddTo(query, [.. examples.Where(example => example.Query == query.Name)])),
            ],
        };

    /// <summary>
    /// A schema that was derived again, with the columns of the one that was frozen, where both have a table.
    /// </summary>
    public static ModelSchema Of(ModelSchema frozen, ModelSchema derived) => derived with
    {
        Queries = [.. derived.Queries.Select(query =>
            frozen.Queries.FirstOrDefault(one => one.Name == query.Name) is { } saved ? Of(saved, query) : query)],
    };

    private static QuerySchema Of(QuerySchema frozen, QuerySchema derived) => derived with
    {
        Parameters = [.. derived.Parameters.Select(parameter => parameter with
        {
            Type = Of(frozen.Parameters.FirstOrDefault(one => one.Name == parameter.Name)?.Type, parameter.Type),
        })],
        Returns = Of(frozen.Returns, derived.Returns),
    };

    private static TypeSchema Of(TypeSchema? frozen, TypeSchema derived) =>
        derived.Kind == TypeKind.Table && frozen?.Kind == TypeKind.Table
            ? derived with { Columns = frozen.Columns }
            : derived;

    private static QuerySchema AddTo(QuerySchema query, List<PredictionExample> examples) => query with
    {
        Parameters = [.. query.Parameters.Select(parameter => parameter with
        {
            Type = AddTo(parameter.Type, query, examples, parameter.Name),
        })],
        Returns = AddTo(query.Returns, query, examples, null),
    };

    private static TypeSchema AddTo(
        TypeSchema type, QuerySchema query, IEnumerable<PredictionExample> examples, string? parameter)
    {
        if (type.Kind != TypeKind.Table)
        {
            return type;
        }

        var tables = examples.SelectMany(example => example.Tables ?? []).Where(table => table.Parameter == parameter)
            .Select(table => table.Columns).ToList();
        if (tables.Count == 0)
        {
            var isAsync = query.Recorder!.EndsWith("Async", StringComparison.Ordinal);
            var call = $"{(isAsync ? "await " : "")}model.{query.Recorder}(...)";
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The query '{query.Name}' takes or answers a table, and only an example can tell its columns. Record "
                + $"one, and save it with the model: new EnvelopeInfo {{ Examples = [{call}] }}.");
        }

        return type with
        {
            Columns =
            [
                .. tables.Skip(1).Aggregate(tables[0], (merged, table) => Merge(merged, table, query)).Select(Close),
            ],
        };
    }

    private static IReadOnlyList<MemberSchema> Merge(
        IReadOnlyList<MemberSchema> merged, IReadOnlyList<MemberSchema> table, QuerySchema query)
    {
        var different = merged.Concat(table).Select(column => column.Name).FirstOrDefault(
            name => !(Find(merged, name) is { } one && Find(table, name) is { } other && IsSame(one, other)));
        if (different is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The examples of the query '{query.Name}' have tables with different columns: '{different}' is not in "
                + "all of them, or not of one type, width and domain. Record them with tables of the same columns.");
        }

        return [.. merged.Select(column => Merge(column, Find(table, column.Name)!))];
    }

    private static MemberSchema? Find(IReadOnlyList<MemberSchema> columns, string name) =>
        columns.FirstOrDefault(column => column.Name == name);

    private static bool IsSame(MemberSchema one, MemberSchema other) =>
        Merge(one.Type, other.Type) == Merge(other.Type, one.Type)
            && !ConstraintContainment.Compare(one.Constraints, other.Constraints).Any();

    private static MemberSchema Merge(MemberSchema one, MemberSchema other) => one with
    {
        Type = Merge(one.Type, other.Type),
        Seen = one.Seen is { } seen && other.Seen is { } otherSeen ? Few(seen.Concat(otherSeen)) : null,
    };

    private static TypeSchema Merge(TypeSchema one, TypeSchema other) =>
        one with
        {
            Nullable = one.Nullable || other.Nullable,
            Items = one.Items is { } item && other.Items is { } otherItem ? Merge(item, otherItem) : one.Items,
        };

    /// <summary>The only values of a nullable column are those of its domain, and null.</summary>
    private static MemberSchema Close(MemberSchema column) =>
        column.Constraints is { Allowed: { } allowed } constraints && column.Type.Nullable
            ? column with { Constraints = constraints with { Allowed = [.. allowed, JsonElement.Parse("null"u8)] } }
            : column;
}
