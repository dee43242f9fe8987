using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>
/// A worker as native code against a loop over Apache.Arrow, both on one processor and with a pipe on either side.
/// </summary>
internal static class WorkerComparison
{
    private const int Rounds = 5;

    /// <summary>The program on the first processor, what sends and takes on the other; then what the program says.</summary>
    private const string Piped =
        """
        input="$1"; output="$2"; cost="$3"; shift 3
        taskset -c 1 cat "$input" | taskset -c 0 "$@" 2> "$cost" | taskset -c 1 cat > "$output"
        cat "$cost"
        """;

    public static async Task RunAsync(string directory, long rows)
    {
        await Stones.MakeAsync(directory, 1); // for the envelope
        var input = await ArrowStones.MakeAsync(directory, rows);
        var worker = await PublishedJob.WorkerAsync(directory);
        var ways = new Dictionary<string, string[]>
        {
            ["worker, native"] = [worker, Stones.Envelope(directory), "worker"],
            ["arrow-loop"] = ["dotnet", "exec", typeof(WorkerComparison).Assembly.Location, "arrow-loop"],
        };
        var costs = ways.Keys.ToDictionary(way => way, _ => new List<Cost>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (way, program) in ways)
            {
                var cost = await Cost.OfProgramAsync(
                    "sh", ["-c", Piped, "sh", input, To(directory, way), Path.Combine(directory, "cost"), .. program]);
                costs[way].AddRange(round > 0 ? [cost] : []);
            }
        }

        Console.WriteLine($"{rows} rows through pipes, each program on one processor, medians of {Rounds} in turn");
        Console.WriteLine("                  wall s  CPU s  peak MB  M rows / s  M rows / CPU s");
        foreach (var (way, measured) in costs)
        {
            var (wall, processor) = (Median(measured, one => one.Wall), Median(measured, one => one.Processor));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {way,-15} {wall,6:0.00} {processor,6:0.00} {Median(measured, one => one.Megabytes),8:0} "
                + $"{rows / wall / 1e6,11:0.00} {rows / processor / 1e6,15:0.00}"));
        }

        Console.WriteLine($"other answers: {await DifferentAsync([.. ways.Keys.Select(way => To(directory, way))])}");
    }

    private static string To(string directory, string way) =>
        Path.Combine(directory, $"out-{way.Replace(", ", "-", StringComparison.Ordinal)}.arrows");

    private static async Task<long> DifferentAsync(string[] files)
    {
        var answers = new List<List<int>>();
        foreach (var file in files)
        {
            await using var stream = File.OpenRead(file);
            using var reader = new ArrowStreamReader(stream);
            var all = new List<int>();
            while (await reader.ReadNextRecordBatchAsync() is { } batch)
            {
                foreach (var price in ((FloatArray)batch.Column("prediction")).Values)
                {
                    all.Add(BitConverter.SingleToInt32Bits(price));
                }

                batch.Dispose();
            }

            answers.Add(all);
        }

        return answers[0].Count != answers[1].Count
            ? Math.Abs(answers[0].Count - answers[1].Count)
            : answers[0].Zip(answers[1]).Count(one => one.First != one.Second);
    }

    private static double Median(List<Cost> costs, Func<Cost, double> of) => costs.Select(of).Order().ElementAt(Rounds / 2);
}
