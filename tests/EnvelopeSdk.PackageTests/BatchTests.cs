using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EnvelopeSdk.PackageTests;

/// <summary>A batch job of the trained model, made of the template and the packages as a user would.</summary>
[Collection(ProductsCollection.Name)]
public sealed class BatchTests(Products products)
{
    private static Task<(int Code, string Output)>? _first;

    /// <summary>Where jobs are that were built.</summary>
    private string Cache => Path.Combine(products.Workspace.Root, "batch", "cache");

    [Fact]
    public async Task A_job_answers_the_held_out_rows_as_the_training_program_did_to_the_last_bit()
    {
        var rows = products.HeldOut.Take(5000).ToList();
        var project = await products.NewAsync("envelope-batch", "DiamondBatch", "--envelope", "diamond-price");
        await WriteAsync(rows, Path.Combine(project, "in.csv"));

        var output = await products.RunAsync(project, "dotnet", "run", "--", "--input", "in.csv", "--output", "out.jsonl");

        Assert.Contains("5000 of 5000 rows are answered", output, StringComparison.Ordinal);
        var answers = File.ReadLines(Path.Combine(project, "out.jsonl"))
            .Select(line => JsonElement.Parse(line).GetProperty("prediction").GetSingle());
        Assert.Equal(
            rows.Select(row => BitConverter.SingleToInt32Bits(row.Output.GetSingle())),
            answers.Select(BitConverter.SingleToInt32Bits));
        var manifest = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(project, "out.jsonl.manifest.json")));
        Assert.Equal((5000, 0), (manifest.GetProperty("answered").GetInt32(), manifest.GetProperty("bad").GetInt32()));
        Assert.StartsWith(
            "diamond-price@sha256:", manifest.GetProperty("job").GetProperty("envelope").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_builds_a_job_once_and_runs_it_with_its_options_and_its_exit_code()
    {
        var directory = Path.Combine(products.Workspace.Root, "batch");
        var first = await FirstAsync();
        var second = await RunAsync(directory, "-i", "in.csv", "-o", "two.csv", "--key", "carat", "--answer", "price", "--json");
        var refused = await RunAsync(directory, "-i", "in.csv", "-o", "three.csv", "--key", "karat");

        Assert.True(first.Code == 0, first.Output);
        Assert.Contains("Building the job of diamond-price@sha256:", first.Output, StringComparison.Ordinal);
        Assert.True(second.Code == 0, second.Output);
        Assert.DoesNotContain("Building", second.Output, StringComparison.Ordinal);
        Assert.Contains("\"answered\": 100", second.Output, StringComparison.Ordinal);
        Assert.Equal("carat,price", File.ReadLines(Path.Combine(directory, "two.csv")).First());
        Assert.Contains("the nearest is 'carat'", refused.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory, "three.csv")));
    }

    [Theory]
    [InlineData("kill -TERM {0}", 130, "It was interrupted. Run it again")]
    [InlineData("kill -KILL $(pgrep -P {0})", 5, "The job was ended by the signal 9, as the system does where memory is short.")]
    public async Task Who_ends_the_command_alone_ends_its_job_and_a_job_that_is_killed_is_said_to_be(string kill, int code, string said)
    {
        await FirstAsync();
        var directory = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, $"ended-{code}")).FullName;
        await WriteAsync([.. products.HeldOut.Take(1000)], Path.Combine(directory, "in.csv"));
        using var command = Start(
            directory, "-o", "out.csv", "-i",
            "SELECT * REPLACE (carat::FLOAT AS carat, depth::FLOAT AS depth, \"table\"::FLOAT AS \"table\", x::FLOAT AS x, "
                + "y::FLOAT AS y, z::FLOAT AS z) FROM read_csv('in.csv'), range(100000000)");
        var heard = command.StandardError.ReadToEndAsync();
        var database = Path.Combine(directory, "out.csv.parts", "input.duckdb");
        while (!File.Exists(database) && !command.HasExited)
        {
            await Task.Delay(50);
        }

        Process.Start("bash", ["-c", string.Format(CultureInfo.InvariantCulture, kill, command.Id)]).Dispose();
        var message = await heard.WaitAsync(TimeSpan.FromMinutes(2)); // the job has it open, too
        await command.WaitForExitAsync();

        Assert.True(message.Contains(said, StringComparison.Ordinal), $"{command.ExitCode}: {message}");
        Assert.Equal(code, command.ExitCode);
        var (again, output) = await RunAsync(directory, "-o", "out.csv", "-i", "in.csv", "--overwrite");
        Assert.True(again == 0, output);
    }

    /// <summary>What the first job said that the command was asked for, which builds it for those behind it.</summary>
    private Task<(int Code, string Output)> FirstAsync() => _first ??= RunFirstAsync();

    private async Task<(int Code, string Output)> RunFirstAsync()
    {
        var directory = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "batch")).FullName;
        await WriteAsync([.. products.HeldOut.Take(100)], Path.Combine(directory, "in.csv"));
        return await RunAsync(directory, "-i", "in.csv", "-o", "one.csv");
    }

    private Task<(int Code, string Output)> RunAsync(string directory, params string[] arguments) => products.TryRunAsync(
        directory, ["env", $"XDG_CACHE_HOME={Cache}", "dotnet", Path.Combine(AppContext.BaseDirectory, "envelope.dll"), "batch", "diamond-price", .. arguments]);

    private Process Start(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "envelope.dll"), "batch", "diamond-price", .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in products.Workspace.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["XDG_CACHE_HOME"] = Cache;
        return Process.Start(start)!;
    }

    [Fact]
    public async Task The_command_builds_a_job_with_the_databases_that_it_reads_and_writes()
    {
        var directory = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "databases")).FullName;
        var rows = products.HeldOut.Take(100).ToList();
        await WriteAsync(rows, Path.Combine(directory, "in.csv"));

        var written = await RunAsync(directory, "-i", "in.csv", "-o", "rows.sqlite#prices", "--answer", "price");
        var read = await RunAsync(
            directory, "-i", "rows.sqlite#SELECT CAST(carat AS REAL) AS carat, cut, color, clarity, CAST(depth AS REAL) AS depth, "
            + "CAST(\"table\" AS REAL) AS \"table\", CAST(x AS REAL) AS x, CAST(y AS REAL) AS y, CAST(z AS REAL) AS z, price FROM prices",
            "-o", "out.arrow");
        var refused = await RunAsync(directory, "-i", "postgresql://nobody@127.0.0.1:1/none#rows", "-o", "out.csv");

        Assert.True(written.Code == 0, written.Output);
        Assert.Contains("100 of 100 rows are answered in", written.Output, StringComparison.Ordinal);
        Assert.True(read.Code == 0, read.Output);
        Assert.Contains(
            "'postgresql://nobody@127.0.0.1:1/none' does not do what it is asked", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_takes_what_it_does_from_its_settings_and_says_all_that_is_wrong_with_a_table()
    {
        var project = await products.NewAsync("envelope-batch", "DiamondBatch", "--envelope", "diamond-price");
        await File.WriteAllTextAsync(Path.Combine(project, "in.csv"), "carats,cut\n1,Ideal\n");
        await File.WriteAllTextAsync(
            Path.Combine(project, "appsettings.json"), """{"Batch":{"Input":"in.csv","Output":"out.parquet"}}""");

        var (code, output) = await products.TryRunAsync(project, "dotnet", "run");

        Assert.Equal(1, code);
        Assert.Contains("carat: There is no column 'carat'; the nearest is 'carats'.", output, StringComparison.Ordinal);
        Assert.Contains("clarity: There is no column 'clarity'.", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(project, "out.parquet")));
    }

    private static async Task WriteAsync(IReadOnlyList<PredictionExample> rows, string path)
    {
        var names = rows[0].Input.EnumerateObject().Select(one => one.Name).ToList();
        await File.WriteAllLinesAsync(path,
        [
            string.Join(',', names),
            .. rows.Select(row => string.Join(',', names.Select(name => row.Input.GetProperty(name).ToString()))),
        ]);
    }
}
