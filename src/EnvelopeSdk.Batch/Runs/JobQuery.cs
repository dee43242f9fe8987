using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>Finds the query that answers rows.</summary>
internal static class JobQuery
{
    /// <param name="model">The model.</param>
    /// <param name="name">Its name; null: the only one.</param>
    /// <exception cref="EnvelopeException">
    /// There is none of the name, or several and no name; or it takes a table of which it does not answer each row.
    /// </exception>
    public static QuerySchema Find(ServedModel model, string? name)
    {
        var query = OfName(model, name);
        TableQuery.EnsureAnswersRows(query, model.Examples);
        return query;
    }

    private static QuerySchema OfName(ServedModel model, string? name)
    {
        var queries = model.Content.Record.Schema.Queries;
        var names = string.Join(", ", queries.Select(one => one.Name));
        return name is null
            ? queries is [var only] ? only : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The model has several queries: {names}. Say which one answers the rows with --query NAME.")
            : queries.FirstOrDefault(one => one.Name == name) ?? throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The model has no query '{name}'{Nearest.Hint(name, queries.Select(one => one.Name))}. It has "
                + $"{names}.");
    }
}
