namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>The ways from a table of stones to one with their prices, each run in a process of its own.</summary>
internal static class Ways
{
    /// <summary>What the job of trees is called.</summary>
    public const string TreesJob = "job-trees";

    /// <summary>Those of a model that costs next to nothing; <see cref="PublishedJob"/> is the job.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string, string, Task>> Plain =
        new Dictionary<string, Func<string, string, string, Task>>
        {
            ["sql"] = SqlAsync,
            ["parquet-net"] = ParquetNet.RunAsync,
            ["parquet-sharp"] = ParquetSharpLoop.RunAsync,
        };

    /// <summary>Those of trees of ML.NET, likewise; the job is <see cref="TreeWays.JobAsync"/>.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string, string, Task>> Trees =
        new Dictionary<string, Func<string, string, string, Task>>
        {
            ["transform"] = TreeWays.TransformAsync,
        };

    /// <summary>DuckDB, with the arithmetic of the model in SQL.</summary>
    private static Task SqlAsync(string directory, string input, string output)
    {
        using var tables = Stones.Tables(directory);
        tables.Run(
            $"COPY (SELECT *, {Stones.Sql} AS prediction FROM read_parquet('{input}')) TO '{output}' (FORMAT parquet)");
        return Task.CompletedTask;
    }
}
