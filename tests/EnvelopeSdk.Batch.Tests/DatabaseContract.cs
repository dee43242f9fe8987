using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What holds of each database that a job reads and writes.</summary>
public abstract class DatabaseContract
{
    private protected const string Rows =
        "SELECT i AS id, i % 900 + 0.5::DOUBLE AS distance, 1 AS passengers, 'z' || i AS zone FROM range(5000) t(i)";

    /// <summary>The address of the database of a job.</summary>
    private protected abstract Task<string> AddressAsync(RidesJob job);

    /// <summary>One value of a query over it, as text.</summary>
    private protected abstract Task<string?> AskAsync(RidesJob job, string address, string sql);

    /// <summary>Does something in it, without other threads: jobs have them.</summary>
    private protected abstract void Run(RidesJob job, string address, string sql);

    private protected async Task AnswersComeIntoATable()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address);

        var done = await job.RunAsync(options);

        Assert.Equal((5000, $"{address}#prices"), (done.Answered, done.Output));
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices WHERE id % 900 + 0.5 = distance"));
        Assert.Equal("1004", await AskAsync(job, address, "SELECT prediction FROM prices WHERE id = 4998"));
        Assert.Equal("z42", await AskAsync(job, address, "SELECT zone FROM prices WHERE id = 42"));
        Assert.Equal("1", await AskAsync(job, address, $"SELECT count(*) FROM envelope_runs WHERE id = '{done.Job.RowsId}'"));
    }

    private protected async Task OfATableThatIsNotThereThoseAreSaidThatAre()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE TABLE trips (distance real)");
        Run(job, address, "CREATE VIEW zones AS SELECT distance FROM trips");

        foreach (var (table, said) in new Dictionary<string, string>
        {
            ["trip"] = $"There is no table 'trip' in '{address}'; the nearest is 'trips'. It has 'trips', 'zones'.",
            ["SELECT * FROM trip"] = "It has 'trips', 'zones'.",
        })
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(
                () => job.RunAsync(new() { Input = $"{address}#{table}", Output = job.At("out.csv"), Query = "usual" }));
            Assert.EndsWith(said, failure.Message, StringComparison.Ordinal);
        }
    }

    private protected async Task ATableThatNeedsMoreThanTheRowsHaveIsNotAppendedTo()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE TABLE made (distance double precision NOT NULL, prediction double precision, seen integer NOT NULL, kind integer NOT NULL DEFAULT 7, note text)");
        var options = new BatchOptions { Input = job.Table("SELECT 1.5::DOUBLE AS distance"), Output = $"{address}#made", Query = "usual", Append = true };
        var parts = new List<BatchProgress>();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options, new Heard(parts.Add)));

        Assert.Equal(
            $"The rows cannot be appended to '{address}#made':\n"
            + "  seen: Each row of the table needs a value of it, and the rows have none. Give them one in a query, or the table a default.",
            failure.Message);
        Assert.Empty(parts);
        await job.RunAsync(options with { Input = job.Table("SELECT 1.5::DOUBLE AS distance, 3::INTEGER AS seen", "o.parquet") });
        Assert.Equal("1", await AskAsync(job, address, "SELECT count(*) FROM made WHERE kind = 7 AND seen = 3 AND note IS NULL"));
    }

    private protected async Task ATableIsNotReadAndReplacedByOneJob()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        await job.RunAsync(Options(job, address));
        var schema = address.StartsWith("postgresql", StringComparison.Ordinal) ? "public" : "main";
        foreach (var (input, quarantine) in new (string, string?)[] { ($"{address}#{schema}.prices", null), ($"{address}#prices", $"{address}#other") })
        {
            var options = new BatchOptions { Input = input, Output = $"{address}#prices", Overwrite = true, Answer = "price", Key = ["id"] };

            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
                quarantine is null ? options : options with { Output = quarantine, Quarantine = $"{address}#prices" }));

            Assert.Equal($"'{input}' is what the job writes itself. Name another table.", failure.Message);
        }

        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(prediction) FROM prices"));
        await job.RunAsync(new() { Input = $"{address}#prices", Output = $"{address}#others", Answer = "price", Key = ["id"], Query = "predict" });
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(price) FROM others"));
    }

    private protected async Task WhatIsThereIsReplacedOrAppendedOnlyIfItIsSaid()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address);
        await job.RunAsync(options);
        var other = options with { Input = job.Table("SELECT 7 AS id, 1.5::DOUBLE AS distance, 1 AS passengers, 'z' AS zone", "o.parquet") };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(other));
        Assert.Contains("say --overwrite or --append", failure.Message, StringComparison.Ordinal);
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
        await job.RunAsync(other with { Append = true });
        Assert.Equal("5001", await AskAsync(job, address, "SELECT count(*) FROM prices"));
        await job.RunAsync(other with { Append = true }); // the same once more: nothing is appended twice
        Assert.Equal("5001", await AskAsync(job, address, "SELECT count(*) FROM prices"));
        await job.RunAsync(other with { Answer = "price", Overwrite = true });
        Assert.Equal("1", await AskAsync(job, address, "SELECT count(price) FROM prices"));
        await job.RunAsync(options with { Overwrite = true }); // was replaced since
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    private protected async Task ATableThatHasOtherRowsSinceIsNotTakenForDone()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address);
        await job.RunAsync(options);
        Assert.True((await job.RunAsync(options)).Before);

        Run(job, address, "DELETE FROM prices WHERE id < 10");
        await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        Assert.Null((await job.RunAsync(options with { Overwrite = true })).Before);
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));

        Run(job, address, "DELETE FROM prices WHERE id < 10"); // of an appended table it cannot be known whose they were
        Assert.True((await job.RunAsync(options with { Append = true })).Before);
    }

    private protected async Task RowsAreAppendedOnceWhereverTheOthersGoAndWhateverBecomesOfThem()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address) with { Append = true, Quarantine = job.At("bad-1.csv"), Log = job.At("log-1.csv") };
        var first = await job.RunAsync(options);
        var other = options with { Quarantine = job.At("bad-2.csv"), Log = job.At("log-2.csv") };

        var second = await job.RunAsync(other);
        File.Delete(job.At("log-1.csv"));
        var third = await job.RunAsync(options);

        Assert.Equal((null, true, true), (first.Before, second.Before, third.Before));
        Assert.Equal((first.Id, job.At("log-1.csv")), (second.Id, second.Log));
        Assert.False(File.Exists(job.At("log-2.csv")));
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    private protected async Task ATableThatWasDroppedIsMadeAgainByTheJobThatHadAppendedToIt()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address) with { Append = true };
        await job.RunAsync(options);
        Run(job, address, "DROP TABLE prices");

        var done = await job.RunAsync(options);

        Assert.Null(done.Before);
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
        Assert.Equal("1", await AskAsync(job, address, $"SELECT count(*) FROM envelope_runs WHERE id = '{done.Job.RowsId}'"));
    }

    /// <param name="refuse">Lets what a job did be written down no more, but for what it only tries.</param>
    /// <param name="allow">Takes that back.</param>
    private protected async Task WhatFailedWhenItWasWrittenIsNotTakenForDoneByAnEarlierRun(string refuse, string allow)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address) with { Append = true };
        await job.RunAsync(options);
        Run(job, address, "DROP TABLE prices");
        Run(job, address, refuse);
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        Assert.Contains("refused here", failure.Message, StringComparison.Ordinal);
        Run(job, address, allow);
        var parts = new List<BatchProgress>();

        await job.RunAsync(options, new Heard(parts.Add));

        Assert.Empty(parts); // what was answered is kept
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    private protected async Task RowsOfATableThatLacksAColumnAreRefusedBeforeOneIsRead()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE TABLE prices (id INTEGER, distance REAL, passengers INTEGER, zone TEXT)");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(Options(job, address) with { Append = true }));

        Assert.Contains("prediction: The table lacks it.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    private protected async Task TwoNamesOfOneTableAreOneTable(params string[] names)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address);
        await job.RunAsync(options);
        var other = options with { Input = job.Table("SELECT 7 AS id, 1.5::DOUBLE AS distance, 1 AS passengers, 'z' AS zone", "o.parquet") };

        foreach (var name in names)
        {
            var there = await Assert.ThrowsAsync<EnvelopeException>(
                () => job.RunAsync(other with { Output = $"{address}#{name}" }));
            Assert.Contains("is there, and not of this job", there.Message, StringComparison.Ordinal);
            var same = await Assert.ThrowsAsync<EnvelopeException>(
                () => job.RunAsync(other with { Overwrite = true, Quarantine = $"{address}#{name}" }));
            Assert.Contains("cannot be several of --output", same.Message, StringComparison.Ordinal);
        }

        var runs = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(other with { Overwrite = true, Output = $"{address}#envelope_runs" }));
        Assert.Contains("is where it is written down what jobs did", runs.Message, StringComparison.Ordinal);
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    private protected async Task ATableThatSomebodyMadeMeanwhileIsNotReplaced()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var made = false;
        var options = Options(job, address) with { RowsPerPart = 1000 };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options, new Heard(_ =>
        {
            if (!made)
            {
                made = true;
                Run(job, address, "CREATE TABLE prices (theirs TEXT)");
            }
        })));

        Assert.Contains("prices", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0", await AskAsync(job, address, "SELECT count(theirs) FROM prices"));
        await job.RunAsync(options with { Overwrite = true });
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    /// <param name="refused">Types of columns of the table that would change a value, by the columns.</param>
    /// <param name="taken">Types that keep all of them, or fail loudly.</param>
    private protected async Task RowsAreAppendedOnlyWhereTheTableKeepsTheirValues(
        (string Column, string Type)[] refused, (string Column, string Type)[] taken)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var input = job.Table(
            """
            SELECT 1.5::DOUBLE AS distance, 9007199254740993 AS large, 7::SMALLINT AS small, '007' AS code, 1.2345::DECIMAL(18,4) AS exact,
              TIMESTAMP '2026-11-28 23:59:59.000001' AS stamp, TIMESTAMPTZ '2026-11-28 23:59:59+02' AS point, DATE '2026-11-28' AS day
            """);
        Task<Runs.RunManifest> AppendAsync(string column) => job.RunAsync(new()
        {
            Input = input,
            Output = $"{address}#t",
            Query = "usual",
            Key = [column],
            Append = true,
        });

        foreach (var (column, type) in refused)
        {
            Run(job, address, $"CREATE TABLE t ({column} {type}, prediction DOUBLE PRECISION)");
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AppendAsync(column));
            Assert.Matches($"{column}: It is .* here and .* in the table, which would change values", failure.Message);
            Run(job, address, "DROP TABLE t");
        }

        foreach (var (column, type) in taken)
        {
            Run(job, address, $"CREATE TABLE t ({column} {type}, prediction DOUBLE PRECISION)");
            Assert.Equal(1, (await AppendAsync(column)).Answered);
            Assert.Equal("1", await AskAsync(job, address, $"SELECT count(*) FROM t WHERE {column} IS NOT NULL"));
            Run(job, address, "DROP TABLE t");
            Run(job, address, "DROP TABLE envelope_runs"); // which would say that it was done
        }
    }

    private protected async Task ARunThatWasKilledIsInTheTableOnce()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address) with { RowsPerPart = 1000, Append = true };
        using (var stop = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => job.RunAsync(options, new Heard(_ => stop.Cancel()), stop.Token));
        }

        var parts = new List<BatchProgress>();
        await job.RunAsync(options, new Heard(parts.Add));
        await job.RunAsync(options);

        Assert.True(parts.Count < 5, $"{parts.Count} parts were made.");
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(DISTINCT id) FROM prices"));
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    private protected async Task ARunThatHasANameAppendsOnceWhatIsAskedAnewEachTime()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address) with { Input = $"SELECT * FROM '{job.Table(Rows)}'", Append = true, RowsPerPart = 1000 };

        await job.RunAsync(options with { Run = "7" });
        await job.RunAsync(options with { Run = "7" }); // who began it does not know that it was done
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
        using (var stop = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => job.RunAsync(options with { Run = "8" }, new Heard(_ => stop.Cancel()), stop.Token));
        }

        var other = options with { Input = $"SELECT 1.5::DOUBLE AS distance, 7 AS id, 1 AS passengers, 'z' AS zone", Run = "9" };
        await job.RunAsync(other); // the parts of 8 are nobody's any more

        Assert.Equal("5001", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    private protected async Task QuarantineAndLogAreTablesOfTheSameTransaction()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var options = Options(job, address) with
        {
            Input = job.Table(Rows.Replace("i % 900 + 0.5", "i * 500.0", StringComparison.Ordinal)),
            Quarantine = $"{address}#bad",
            Log = $"{address}#calls",
            Key = ["id"],
        };

        var done = await job.RunAsync(options);

        Assert.Equal((3, 4997), (done.Answered, done.Bad));
        Assert.Equal("4997", await AskAsync(job, address, "SELECT count(fault_reason) FROM bad"));
        Assert.Equal("3", await AskAsync(job, address, "SELECT count(inputs) FROM calls"));
        var elsewhere = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(options with { Output = job.At("out.csv") }));
        Assert.Contains("Name a file for it", elsewhere.Message, StringComparison.Ordinal);
    }

    private protected async Task TheRowsOfATableAreAnsweredInItsOwnDatabase()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        await job.RunAsync(Options(job, address) with { Output = $"{address}#rides", Answer = "first" });

        await job.RunAsync(Options(job, address) with { Input = $"{address}#rides", Key = ["id", "first"] });
        await job.RunAsync(new()
        {
            Input = $"{address}#SELECT distance, id FROM rides WHERE id < 10 -- the first",
            Output = job.At("few.csv"),
            Query = "usual",
        });

        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices WHERE first = prediction"));
        Assert.Equal(11, File.ReadAllLines(job.At("few.csv")).Length);
    }

    private protected static BatchOptions Options(RidesJob job, string address) => new()
    {
        Input = File.Exists(job.At("in.parquet")) ? job.At("in.parquet") : job.Table(Rows),
        Output = $"{address}#prices",
        Query = "predict",
    };
}
