using Diamonds;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>What is measured with: a table of stones, and the envelope of a model that prices them.</summary>
internal static class Stones
{
    /// <summary>The arithmetic of the model, as SQL writes it.</summary>
    public const string Sql =
        """
        carat * 4000::FLOAT
        + (CASE cut WHEN 'Ideal' THEN 1::FLOAT WHEN 'Premium' THEN 0.8::FLOAT WHEN 'Very Good' THEN 0.6::FLOAT
           WHEN 'Good' THEN 0.4::FLOAT ELSE 0.2::FLOAT END) * 300::FLOAT
        + (CASE WHEN x IS NULL THEN (-1)::FLOAT ELSE x::FLOAT * 2::FLOAT END)
        + depth::FLOAT * 0.5::FLOAT + hour(ts)::FLOAT
        """;

    /// <summary>Makes both in a directory, unless they are there.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="rows">How many rows the table has.</param>
    /// <returns>The table.</returns>
    public static async Task<string> MakeAsync(string directory, long rows)
    {
        Directory.CreateDirectory(directory);
        if (!Directory.Exists(Envelope(directory)))
        {
            var store = EnvelopeStore.Open(Path.Combine(directory, "store"));
            var model = new StonePrice(4000);
            await EnvelopeSdk.Envelope.SaveAsync(
                model, new() { Examples = [model.PredictExample(0.7f, "Ideal", null, 61.2, new(2024, 1, 1))] }, store);
            await (await store.OpenAsync("stone-price")).UnpackAsync(Envelope(directory));
        }

        var table = Path.Combine(directory, $"stones-{rows}.parquet");
        if (!File.Exists(table))
        {
            using var tables = Tables(directory);
            tables.Run("SELECT setseed(0.4)");
            tables.Run(
                $"""
                COPY (
                  SELECT (0.2 + random() * 5)::FLOAT AS carat,
                    ['Fair', 'Good', 'Very Good', 'Premium', 'Ideal'][1 + (random() * 4.999)::INT % 5] AS cut,
                    CASE WHEN random() < 0.1 THEN NULL ELSE (random() * 1000)::INT END AS x,
                    50 + random() * 20 AS depth, TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS ts
                  FROM range({rows}) t(i))
                TO '{table}.partial' (FORMAT parquet)
                """);
            File.Move(table + ".partial", table);
        }

        return table;
    }

    /// <summary>The unpacked envelope in a directory.</summary>
    public static string Envelope(string directory) => Path.Combine(directory, "envelope");

    /// <summary>The engine, as a job has it.</summary>
    public static DuckTables Tables(string directory) => new(Path.Combine(directory, "spill"), 256, 2);
}
