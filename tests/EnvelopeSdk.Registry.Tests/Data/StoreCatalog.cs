using System.Text;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;

namespace EnvelopeSdk.Registry.Tests.Data;

/// <summary>Answers by reading the store: what an index has to answer as well.</summary>
internal sealed class StoreCatalog(IEnvelopeStore store) : ICatalog
{
    public async Task<IReadOnlyList<CatalogEntry>> FindAsync(
        EnvelopeQuery query, NamePattern? names, int limit, CancellationToken cancellationToken) =>
        await store.QueryAsync(query, cancellationToken)
            .Where(one => names?.IsMatch(one.Reference.Name) != false).Take(limit).Select(Entry).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<TagCount>> CountTagsAsync(
        string? name, int limit, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<(string, string), long>();
        await foreach (var one in store.QueryAsync(new(), cancellationToken))
        {
            foreach (var (tag, value) in one.Journal.Labels.Tags.Where(tag => name is null || tag.Key == name))
            {
                counts[(tag, value)] = counts.GetValueOrDefault((tag, value)) + 1;
            }
        }

        return
        [
            .. counts.Select(one => new TagCount(one.Key.Item1, one.Key.Item2, one.Value))
                .OrderByDescending(one => one.Count).ThenBy(one => Bytes(one.Name), StringComparer.Ordinal)
                .ThenBy(one => Bytes(one.Value), StringComparer.Ordinal).Take(limit),
        ];
    }

    /// <summary>In the order of its bytes in UTF-8, as databases have it.</summary>
    private static string Bytes(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    private static CatalogEntry Entry(FoundEnvelope one) => new(
        one.Reference, one.Saved,
        one.Journal.Events.LastOrDefault(happened => happened.Kind == JournalEventKind.Saved)?.Who,
        one.Journal.Labels.Tags, one.Journal.Labels.Metrics, one.Cursor);
}
