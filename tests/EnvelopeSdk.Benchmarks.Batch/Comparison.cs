using System.Globalization;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>All ways in turn, with the same rows, and whether they gave the same answers.</summary>
internal static class Comparison
{
    private const int Rounds = 5;

    /// <param name="directory">Where the tables are made.</param>
    /// <param name="rows">How many rows there are.</param>
    public static async Task RunAsync(string directory, long rows)
    {
        var input = await Stones.MakeAsync(directory, rows);
        string To(string way) => Path.Combine(directory, $"out-{way}.parquet");
        var costs = Ways.All.Keys.ToDictionary(way => way, _ => new List<Cost>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var way in Ways.All.Keys)
            {
                File.Delete(To(way)); // what a job has done it does not do again
                var cost = await Cost.OfAsync(way, directory, input, To(way));
                if (round > 0)
                {
                    costs[way].Add(cost);
                }
            }
        }

        Console.WriteLine($"{rows} rows, medians of {Rounds} in turn");
        Console.WriteLine("                  wall s  CPU s  peak MB  wall / job  other answers");
        foreach (var (way, all) in costs)
        {
            var ratio = Median(all.Zip(costs["job"], (other, own) => other.Wall / own.Wall));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {way,-13} {Median(all.Select(one => one.Wall)),8:0.00} {Median(all.Select(one => one.Processor)),6:0.00} "
                + $"{Median(all.Select(one => one.Megabytes)),8:0} {ratio,11:0.00} {Different(directory, To("job"), To(way)),14}"));
        }
    }

    private static long Different(string directory, string own, string other)
    {
        using var tables = Stones.Tables(directory);
        return tables.Numbers(
            $"""
            SELECT count(*) FROM read_parquet('{own}') a POSITIONAL JOIN read_parquet('{other}') b
            WHERE a.prediction IS DISTINCT FROM b.prediction OR a.ts IS DISTINCT FROM b.ts OR a.x IS DISTINCT FROM b.x
            """)[0];
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
