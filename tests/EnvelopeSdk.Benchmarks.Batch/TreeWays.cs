using System.Globalization;
using Diamonds;
using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Packing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The ways from a table of stones to one with what trees of ML.NET say of them.</summary>
internal static class TreeWays
{
    private const int Learned = 50_000;

    /// <summary>The job, whose model is asked row by row.</summary>
    public static async Task JobAsync(string directory, string input, string output) =>
        Environment.ExitCode = await BatchCommand.RunAsync(
            cancellation => Trees.Trees.OpenAsync(Envelope(directory), cancellation),
            "no settings", ["--input", input, "--output", output, "--overwrite"]);

    /// <summary>
    /// The pipeline over a view of each group of rows. ParquetSharp reads and writes: ML.NET's own loader of Parquet
    /// files is in no package that is served.
    /// </summary>
    public static Task TransformAsync(string directory, string input, string output)
    {
        var context = new MLContext();
        var pipeline = context.Model.Load(Pipeline(directory), out _);
        ParquetSharpLoop.Run(input, output, (stones, count) =>
        {
            var i = 0;
            foreach (var score in pipeline.Transform(context.Data.LoadFromEnumerable(Rows(stones, count)))
                .GetColumn<float>("Score"))
            {
                stones.Prices[i++] = score;
            }
        });
        return Task.CompletedTask;
    }

    /// <summary>Trains the model of both, unless it is there.</summary>
    public static async Task MakeAsync(string directory, string table)
    {
        if (Directory.Exists(Envelope(directory)))
        {
            return;
        }

        var store = EnvelopeStore.Open(Path.Combine(directory, "store"));
        var model = Trees.Trees.Train(Examples(directory, table), Pipeline(directory));
        await EnvelopeSdk.Envelope.SaveAsync(
            model, new() { Examples = [model.PredictExample(0.7f, null, 61.2)] }, store);
        await (await store.OpenAsync("tree-price")).UnpackAsync(Envelope(directory));
    }

    /// <summary>One object for all rows: ML.NET reads each before it asks for the next.</summary>
    private static IEnumerable<TreeStone> Rows(StoneColumns stones, int count)
    {
        var (stone, next) = (new TreeStone(), 0);
        for (var i = 0; i < count; i++)
        {
            stone.Carat = stones.Carat.Values[i];
            stone.X = stones.X.Levels[i] == 0 ? -1 : stones.X.Values[next++];
            stone.Depth = (float)stones.Depth.Values[i];
            yield return stone;
        }
    }

    private static List<TreeStone> Examples(string directory, string table)
    {
        using var tables = Stones.Tables(directory);
        var numbers = tables.Texts(
            $"""
            SELECT concat_ws(' ', carat, coalesce(x, -1), depth::FLOAT, {Stones.Sql})
            FROM read_parquet('{table}') WHERE file_row_number < {Learned} ORDER BY file_row_number
            """);
        return
        [
            .. numbers
                .Select(row => row.Split(' ').Select(one => float.Parse(one, CultureInfo.InvariantCulture)).ToArray())
                .Select(row => new TreeStone { Carat = row[0], X = row[1], Depth = row[2], Label = row[3] }),
        ];
    }

    private static string Envelope(string directory) => Path.Combine(directory, "envelope-trees");

    private static string Pipeline(string directory) => Path.Combine(directory, "trees.zip");
}
