using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Serving;
using EnvelopeSdk.Serving.Generated;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The ways from a table of stones to one with their prices, each run in a process of its own.</summary>
internal static class Ways
{
    /// <summary>Those of a model that costs next to nothing, by their names; the first is the job.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string, string, Task>> Plain =
        new Dictionary<string, Func<string, string, string, Task>>
        {
            ["job"] = JobAsync,
            ["sql"] = SqlAsync,
            ["parquet-net"] = ParquetNet.RunAsync,
            ["parquet-sharp"] = ParquetSharpLoop.RunAsync,
        };

    /// <summary>Those of trees of ML.NET, likewise.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string, string, Task>> Trees =
        new Dictionary<string, Func<string, string, string, Task>>
        {
            ["job-trees"] = TreeWays.JobAsync,
            ["transform"] = TreeWays.TransformAsync,
        };

    /// <summary>The job, as its program runs it.</summary>
    private static async Task JobAsync(string directory, string input, string output)
    {
        var code = await BatchCommand.RunAsync(
            async cancellation => await ServedModel.OpenAsync(
                new EnvelopeModelBinding(), await UnpackedEnvelope.OpenAsync(Stones.Envelope(directory), cancellation),
                cancellation),
            "no settings", ["--input", input, "--output", output, "--overwrite"]);
        Environment.ExitCode = code;
    }

    /// <summary>DuckDB, with the arithmetic of the model in SQL.</summary>
    private static Task SqlAsync(string directory, string input, string output)
    {
        using var tables = Stones.Tables(directory);
        tables.Run(
            $"COPY (SELECT *, {Stones.Sql} AS prediction FROM read_parquet('{input}')) TO '{output}' (FORMAT parquet)");
        return Task.CompletedTask;
    }
}
