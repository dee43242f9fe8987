using System.Text.Json;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// A query that takes a table answers rows, many at once, if it answers as many as it takes. What it says of a row may
/// not hang on the others: which rows come together is the engine's choice.
/// </summary>
internal static class TableQuery
{
    /// <summary>The parameter that is a table; null: there is none.</summary>
    public static MemberSchema? ParameterOf(QuerySchema query) =>
        query.Parameters.FirstOrDefault(one => one.Type.Kind == TypeKind.Table);

    /// <summary>How many rows the table of an example has; 1, if the query takes no table.</summary>
    public static int RowsOf(QuerySchema query, PredictionExample example) =>
        ParameterOf(query) is { } table ? CountOf(example.Input, table.Name) : 1;

    /// <summary>Looks at what a query answers, and at what its examples did.</summary>
    /// <exception cref="EnvelopeException">It does not answer each row of the table that it takes.</exception>
    public static void EnsureAnswersRows(QuerySchema query, IEnumerable<PredictionExample> examples)
    {
        if (ParameterOf(query) is not { } table)
        {
            return;
        }

        if (query.Stream || query.Returns.Kind is not (TypeKind.Table or TypeKind.Array))
        {
            throw Refused(query, table, "does not answer a table or an array");
        }

        foreach (var example in examples.Where(one => one.Query == query.Name))
        {
            var (asked, answered) = (CountOf(example.Input, table.Name), CountOf(example.Output, null));
            if (asked != answered)
            {
                throw Refused(query, table, $"answered {answered} in an example of {asked}");
            }
        }
    }

    private static int CountOf(JsonElement value, string? member)
    {
        var rows = member is null ? value
            : value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member, out var inner) ? inner : default;
        return rows.ValueKind == JsonValueKind.Array ? rows.GetArrayLength() : 0;
    }

    private static EnvelopeException Refused(QuerySchema query, MemberSchema table, string reason) => new(
        EnvelopeError.Invalid,
        $"The query '{query.Name}' {reason}. A job needs an answer for each row of '{table.Name}'. Choose another "
        + "query with --query NAME, or give the model one that answers each row.");
}
