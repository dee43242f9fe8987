using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Registry.Data;

/// <summary>The catalog as a caller may see it.</summary>
internal static class GrantedCatalog
{
    /// <summary>How many are read at once, where most of them may be left out.</summary>
    private const int Step = 500;

    /// <summary>The envelopes that a query asks for and that a caller may read: as if there were no others.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="query">The query.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="grants">What the caller may do.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyList<CatalogEntry>> FindAsync(
        this ICatalog catalog, EnvelopeQuery query, int limit, Grants grants, CancellationToken cancellationToken)
    {
        if (!grants.IsLimited)
        {
            return await catalog.FindAsync(query, limit, cancellationToken);
        }

        var found = new List<CatalogEntry>();
        while (true)
        {
            var read = await catalog.FindAsync(query, Math.Max(limit, Step), cancellationToken);
            found.AddRange(read.Where(one => grants.May(Role.Read, one.Reference.Name)).Take(limit - found.Count));
            if (found.Count == limit || read.Count < Math.Max(limit, Step))
            {
                return found;
            }

            query = query with { After = read[^1].Cursor };
        }
    }
}
