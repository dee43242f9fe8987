using System.Diagnostics;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>
/// What users of Python have: a model of scikit-learn over the same rows as CSV. It is another model, so its answers
/// are not compared.
/// </summary>
internal static class ScikitLearn
{
    /// <summary>The Python that Debian's packages are for.</summary>
    private const string Python = "/usr/bin/python3";

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "scikit_learn.py");

    public static readonly Guest Guest = new(
        "scikit-learn", "apt-get install python3-sklearn", IsInstalledAsync, MakeAsync, HasSameAnswers: false);

    /// <summary>Whether it is there.</summary>
    private static async Task<bool> IsInstalledAsync()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var asked = Process.Start(
            new ProcessStartInfo(Python, ["-c", "import sklearn"]) { RedirectStandardError = true })!;
        await asked.StandardError.ReadToEndAsync();
        await asked.WaitForExitAsync();
        return asked.ExitCode == 0;
    }

    /// <summary>Makes the rows as CSV and the model, unless they are there.</summary>
    /// <returns>Runs it once.</returns>
    private static async Task<Func<Task<Cost>>> MakeAsync(string directory, string input, string output)
    {
        var (table, model) = (Path.ChangeExtension(input, ".csv"), Path.Combine(directory, "linear.pickle"));
        if (!File.Exists(table))
        {
            using var tables = Stones.Tables(directory);
            Write(tables, $"SELECT * FROM read_parquet('{input}')", table);
        }

        if (!File.Exists(model))
        {
            var learned = Path.Combine(directory, "learned.csv");
            using var tables = Stones.Tables(directory);
            Write(tables, $"SELECT carat, x, depth, {Stones.Sql} AS price FROM '{input}' LIMIT 50000", learned);
            await Cost.OfProgramAsync(Python, [Script, "fit", learned, model]);
        }

        var answers = Path.ChangeExtension(output, ".csv");
        return () => Cost.OfProgramAsync(Python, [Script, "predict", table, model, answers]);
    }

    private static void Write(DuckTables tables, string sql, string path)
    {
        tables.Run($"COPY ({sql}) TO '{path}.partial' (FORMAT csv, HEADER true, NULLSTR 'nan')");
        File.Move(path + ".partial", path);
    }
}
