using System.Globalization;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>Several ways in turn, with the same rows, and whether they gave the same answers.</summary>
internal static class Comparison
{
    private const int Rounds = 5;

    /// <param name="directory">Where the tables are made.</param>
    /// <param name="input">The table that is read.</param>
    /// <param name="job">The way that the others are compared with.</param>
    /// <param name="ways">The ways.</param>
    /// <param name="guests">Programs that are measured beside them where they can be had.</param>
    public static async Task RunAsync(
        string directory, string input, string job,
        IReadOnlyDictionary<string, Func<string, string, string, Task>> ways,
        params IReadOnlyList<Guest> guests)
    {
        string To(string way) => Path.Combine(directory, $"out-{way.Replace(", ", "-")}.parquet");
        var all = ways.Keys.ToDictionary(way => way, way => (Func<Task<Cost>>)(() =>
        {
            File.Delete(To(way)); // what a job has done it does not do again
            return Cost.OfAsync(way, directory, input, To(way));
        }));
        var compared = ways.Keys.ToHashSet();
        foreach (var guest in guests)
        {
            if (!await guest.IsInstalledAsync())
            {
                Console.WriteLine($"{guest.Name} is not installed: {guest.Install}");
                continue;
            }

            var run = await guest.MakeAsync(directory, input, To(guest.Name));
            all[guest.Name] = () =>
            {
                File.Delete(To(guest.Name));
                return run();
            };
            if (guest.HasSameAnswers)
            {
                compared.Add(guest.Name);
            }
        }

        var costs = await MeasureAsync(all);
        using var tables = Stones.Tables(directory);
        Console.WriteLine(
            $"{tables.Numbers($"SELECT count(*) FROM read_parquet('{input}')")[0]} rows, medians of {Rounds} in turn");
        Console.WriteLine("                  wall s  CPU s  peak MB  wall / job  other answers");
        foreach (var (way, measured) in costs)
        {
            Print(way, measured, costs[job], compared.Contains(way)
                ? $"{tables.Numbers(Different(To(job), To(way)))[0]}"
                : "not compared");
        }
    }

    private static void Print(string way, List<Cost> measured, List<Cost> job, string different)
    {
        var ratio = Median(measured.Zip(job, (other, own) => other.Wall / own.Wall));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {way,-13} {Median(measured.Select(one => one.Wall)),8:0.00} "
            + $"{Median(measured.Select(one => one.Processor)),6:0.00} "
            + $"{Median(measured.Select(one => one.Megabytes)),8:0} {ratio,11:0.00} {different,14}"));
    }

    private static async Task<Dictionary<string, List<Cost>>> MeasureAsync(Dictionary<string, Func<Task<Cost>>> ways)
    {
        var costs = ways.Keys.ToDictionary(way => way, _ => new List<Cost>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (way, run) in ways)
            {
                var cost = await run();
                if (round > 0)
                {
                    costs[way].Add(cost);
                }
            }
        }

        return costs;
    }

    private static string Different(string own, string other) =>
        $"""
        SELECT count(*) FROM read_parquet('{own}') a POSITIONAL JOIN read_parquet('{other}') b
        WHERE a.prediction IS DISTINCT FROM b.prediction OR a.ts IS DISTINCT FROM b.ts OR a.x IS DISTINCT FROM b.x
        """;

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
