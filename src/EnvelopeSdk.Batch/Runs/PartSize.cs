using System.Diagnostics;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// How many rows are finished at once. What is killed does its last part again, and several parts are put together in
/// the end: a part is two minutes' work at the most, as a recorded example tells how long a row takes.
/// </summary>
internal static class PartSize
{
    private const long Least = 10_000;
    private const long Most = 50_000_000;
    private const long Unknown = 1_000_000; // where no example tells

    private static readonly TimeSpan Aim = TimeSpan.FromMinutes(2);

    /// <summary>The first calls are slow, of any model.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);

    /// <summary>The number of rows of a part, of a model that is loaded.</summary>
    /// <param name="model">The model.</param>
    /// <param name="query">The query that is asked.</param>
    /// <param name="all">How many rows there are: they are one part where as many can be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<long> OfAsync(
        ServedModel model, QuerySchema query, long all, CancellationToken cancellationToken)
    {
        var served = model.Queries.First(one => one.Name == query.Name);
        var example = model.Examples.FirstOrDefault(one => one.Query == query.Name);
        if (example is null)
        {
            return Unknown;
        }

        var rows = Math.Max(TableQuery.RowsOf(query, example), 1);
        var (start, most) = (Stopwatch.GetTimestamp(), 0L);
        while (most < all && Stopwatch.GetElapsedTime(start) < Patience)
        {
            var before = Stopwatch.GetTimestamp();
            try
            {
                await served.ReplayAsync(example, cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                return Unknown; // that the example is not answered any more was said when the model was loaded
            }

            most = Math.Max(most, (long)(Aim / Stopwatch.GetElapsedTime(before) * rows));
        }

        return Math.Clamp(most, Least, Most);
    }
}
