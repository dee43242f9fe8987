using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Registry.Data;

/// <summary>What the registry knows of its envelopes.</summary>
internal interface ICatalog
{
    /// <summary>The envelopes that a query asks for, in its order.</summary>
    /// <param name="query">The query.</param>
    /// <param name="names">The names that the caller may read: as if there were no others. Null: all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<CatalogEntry>> FindAsync(
        EnvelopeQuery query, NamePattern? names, int limit, CancellationToken cancellationToken);

    /// <summary>The tags that envelopes have, the most frequent first.</summary>
    /// <param name="name">Only those of this name; null: all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<TagCount>> CountTagsAsync(string? name, int limit, CancellationToken cancellationToken);
}

/// <summary>An envelope as lists show it.</summary>
/// <param name="Reference">The envelope.</param>
/// <param name="Saved">When it was saved last, in UTC; null when nobody said so.</param>
/// <param name="SavedBy">Who saved it last, as the journal says.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Metrics">Its metrics that are numbers, of a series the last.</param>
/// <param name="Cursor">Where it stands in the order of the query.</param>
public sealed record CatalogEntry(
    EnvelopeReference Reference, DateTimeOffset? Saved, string? SavedBy, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, double> Metrics, string Cursor)
{
    /// <summary>Its hyperparameters that are numbers; within others, with dots in the name.</summary>
    public IReadOnlyDictionary<string, double> Hyperparameters { get; init; } = new Dictionary<string, double>();

    /// <summary>A metric, or else a hyperparameter of the name; NaN when it has none.</summary>
    public double ValueOf(string name) =>
        Metrics.TryGetValue(name, out var metric) ? metric : Hyperparameters.GetValueOrDefault(name, double.NaN);
}
