using System.Globalization;
using EnvelopeSdk.Batch.Runs;
using Microsoft.Data.Sqlite;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs from and to files of SQLite.</summary>
public sealed class SqliteTests : DatabaseContract
{
    [Fact]
    public async Task A_number_of_the_row_comes_of_itself()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE TABLE made (id INTEGER PRIMARY KEY NOT NULL, distance REAL, prediction REAL)");

        await job.RunAsync(new() { Input = job.Table("SELECT 1.5::DOUBLE AS distance"), Output = $"{address}#made", Query = "usual", Append = true });

        Assert.Equal("1", await AskAsync(job, address, "SELECT id FROM made"));
        Run(job, address, "CREATE TABLE other (id INTEGER PRIMARY KEY NOT NULL, distance REAL, prediction REAL) WITHOUT ROWID");
        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("in.parquet"), Output = $"{address}#other", Query = "usual", Append = true }));
        Assert.Contains("id: Each row of the table needs a value of it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_with_a_zero_in_it_is_not_cut_there()
    {
        using var job = await RidesJob.StartAsync();
        await using (var connection = new SqliteConnection($"Data Source={job.At("in.sqlite")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t(distance REAL, note TEXT); INSERT INTO t VALUES (1.5, CAST(x'610062' AS TEXT))";
            await command.ExecuteNonQueryAsync();
        }

        await job.RunAsync(new() { Input = $"{job.At("in.sqlite")}#t", Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal("""{"distance":1.5,"note":"a\u0000b","prediction":3.0}""", Assert.Single(await File.ReadAllLinesAsync(job.At("out.jsonl"))));
    }

    [Fact]
    public Task A_table_that_needs_more_than_the_rows_have_is_not_appended_to() => ATableThatNeedsMoreThanTheRowsHaveIsNotAppendedTo();

    [Fact]
    public Task A_table_is_not_read_and_replaced_by_one_job() => ATableIsNotReadAndReplacedByOneJob();

    [Fact]
    public Task Of_a_table_that_is_not_there_those_are_said_that_are() => OfATableThatIsNotThereThoseAreSaidThatAre();

    [Fact]
    public Task Answers_come_into_a_table() => AnswersComeIntoATable();

    [Fact]
    public Task What_is_there_is_replaced_or_appended_only_if_it_is_said() =>
        WhatIsThereIsReplacedOrAppendedOnlyIfItIsSaid();

    [Fact]
    public Task A_table_that_has_other_rows_since_is_not_taken_for_done() =>
        ATableThatHasOtherRowsSinceIsNotTakenForDone();

    [Fact]
    public Task Rows_are_appended_once_wherever_the_others_go_and_whatever_becomes_of_them() =>
        RowsAreAppendedOnceWhereverTheOthersGoAndWhateverBecomesOfThem();

    [Fact]
    public async Task A_text_with_a_zero_in_it_is_refused_for_a_long_one_would_be_cut_there()
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = "SELECT 1.5::DOUBLE AS distance, 'a' || chr(0) || repeat('b', 600) AS note",
            Output = job.At("out.sqlite") + "#prices",
            Query = "usual",
        }));

        Assert.Contains("U+0000, which the column 'note' has", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_table_that_was_dropped_is_made_again_by_the_job_that_had_appended_to_it() =>
        ATableThatWasDroppedIsMadeAgainByTheJobThatHadAppendedToIt();

    [Fact]
    public Task What_failed_when_it_was_written_is_not_taken_for_done_by_an_earlier_run() =>
        WhatFailedWhenItWasWrittenIsNotTakenForDoneByAnEarlierRun(
            "CREATE TRIGGER refuse BEFORE INSERT ON envelope_runs WHEN NEW.id <> 'trial' BEGIN SELECT RAISE(ABORT, 'refused here'); END",
            "DROP TRIGGER refuse");

    [Fact]
    public async Task A_table_to_whose_rows_others_refer_is_not_replaced_and_theirs_stay()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        await job.RunAsync(Options(job, address));
        Run(
            job, address,
            """
            CREATE UNIQUE INDEX prices_id ON prices (id);
            CREATE TABLE reviews (id INTEGER, price INTEGER REFERENCES Prices (id) ON DELETE CASCADE);
            INSERT INTO reviews VALUES (1, 7);
            """);
        var other = Options(job, address) with { Answer = "price", Overwrite = true };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(other));

        Assert.Contains("rows of 'reviews' refer to its rows", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1", await AskAsync(job, address, "SELECT count(*) FROM reviews"));
        Run(job, address, "DROP TABLE reviews; CREATE TABLE self (id INTEGER PRIMARY KEY, other INTEGER REFERENCES self (id))");
        await job.RunAsync(other);
        await job.RunAsync(other with { Output = $"{address}#self" });
    }

    [Theory]
    [InlineData("4DFC6C6C6572", null)] // Latin-1
    [InlineData("4DC3BC6C6C6572", "Müller")]
    [InlineData("4DEFBFBD6C", "M\ufffdl")] // the character itself
    public async Task A_text_that_is_not_valid_UTF_8_is_refused_and_not_repaired(string bytes, string? text)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, $"CREATE TABLE t (distance REAL, note TEXT); INSERT INTO t VALUES (1.5, CAST(x'{bytes}' AS TEXT))");
        var run = job.RunAsync(new() { Input = $"{address}#t", Output = job.At("out.parquet"), Query = "usual" });

        if (text is null)
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => run);
            Assert.Contains("The column 'note' has a text that is not valid UTF-8", failure.Message, StringComparison.Ordinal);
        }
        else
        {
            await run;
            Assert.Contains($"\"note\":\"{text}\"", Assert.Single(job.RowsOf(job.At("out.parquet"))), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_table_of_many_columns_is_read()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var names = Enumerable.Range(0, 700).Select(i => $"c{i}").ToList();
        Run(job, address, $"CREATE TABLE t (distance REAL, {string.Join(", ", names.Select(one => $"{one} REAL"))})");
        Run(job, address, $"INSERT INTO t VALUES (1.5, {string.Join(", ", names.Select((_, i) => $"{i}.5"))})");

        await job.RunAsync(new() { Input = $"{address}#t", Output = job.At("out.parquet"), Query = "usual", Key = ["c0", "c699"] });

        Assert.Equal(["""{"c0":0.5,"c699":699.5,"prediction":3.0}"""], job.RowsOf(job.At("out.parquet")));
    }

    [Fact]
    public async Task A_view_is_known_to_be_none_that_rows_come_into_before_one_is_answered()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        await job.RunAsync(Options(job, address));
        Run(job, address, "ALTER TABLE prices RENAME TO own; CREATE VIEW prices AS SELECT * FROM own; DELETE FROM envelope_runs");
        var parts = new List<BatchProgress>();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(Options(job, address) with { Append = true }, new Heard(parts.Add)));

        Assert.Contains("view", failure.Message, StringComparison.Ordinal);
        Assert.Empty(parts);
    }

    [Fact]
    public Task Rows_of_a_table_that_lacks_a_column_are_refused_before_one_is_read() =>
        RowsOfATableThatLacksAColumnAreRefusedBeforeOneIsRead();

    [Fact]
    public Task Two_names_of_one_table_are_one_table() => TwoNamesOfOneTableAreOneTable("main.prices", "Prices");

    [Fact]
    public Task A_table_that_somebody_made_meanwhile_is_not_replaced() => ATableThatSomebodyMadeMeanwhileIsNotReplaced();

    [Fact]
    public Task Rows_are_appended_only_where_the_table_keeps_their_values() => RowsAreAppendedOnlyWhereTheTableKeepsTheirValues(
        refused: [("distance", "TEXT"), ("large", "REAL"), ("large", "VARCHAR(20)"), ("code", "INTEGER"), ("code", "NUMERIC"), ("exact", "DECIMAL(18,4)"), ("day", "DATE")],
        taken: [("distance", "INTEGER"), ("large", "BIGINT"), ("small", "DOUBLE"), ("code", "VARCHAR(3)"), ("code", ""), ("exact", "TEXT"), ("day", "TEXT")]);

    [Fact]
    public Task A_run_that_was_killed_is_in_the_table_once() => ARunThatWasKilledIsInTheTableOnce();

    [Fact]
    public Task A_run_that_has_a_name_appends_once_what_is_asked_anew_each_time() =>
        ARunThatHasANameAppendsOnceWhatIsAskedAnewEachTime();

    [Fact]
    public Task Quarantine_and_log_are_tables_of_the_same_transaction() =>
        QuarantineAndLogAreTablesOfTheSameTransaction();

    [Fact]
    public Task The_rows_of_a_table_are_answered_in_its_own_database() =>
        TheRowsOfATableAreAnsweredInItsOwnDatabase();

    [Fact]
    public async Task A_column_is_what_all_of_its_values_are_and_none_of_them_changes()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(
            job, address,
            """
            CREATE TABLE t (distance, large INTEGER, code TEXT, flag BOOLEAN, bytes BLOB, tenth REAL, none INTEGER, mixed);
            INSERT INTO t VALUES (1, 9223372036854775807, '007', 1, x'00ff', 0.1, NULL, 1);
            INSERT INTO t VALUES (2.5, -9223372036854775808, 'ä''"', 0, x'', 1e-320, NULL, 'one');
            """);

        await job.RunAsync(new()
        {
            Input = $"{address}#t",
            Output = job.At("out.parquet"),
            Query = "usual",
            Key = ["distance", "large", "code", "flag", "bytes", "tenth", "none"],
        });

        Assert.Equal(
            [
                """{"distance":1.0,"large":9223372036854775807,"code":"007","flag":true,"bytes":"\\x00\\xFF","tenth":0.1,"none":null,"prediction":2.0}""",
                """{"distance":2.5,"large":-9223372036854775808,"code":"ä'\"","flag":false,"bytes":"","tenth":1e-320,"none":null,"prediction":5.0}""",
            ],
            job.RowsOf(job.At("out.parquet")));
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = $"{address}#t", Output = job.At("all.parquet"), Query = "usual" }));
        Assert.Contains("mixed: No file can keep values of several types as it is", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_JSON_is_an_object()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, """CREATE TABLE t (id INTEGER, ride JSON); INSERT INTO t VALUES (7, '{"distance": 1.5, "passengers": 2}');""");

        await job.RunAsync(new() { Input = $"{address}#t", Output = $"{address}#quotes", Query = "quote", Key = ["id"] });

        Assert.Equal("7|3.0|[1.5,2.0]", await AskAsync(job, address, "SELECT id || '|' || price || '|' || parts FROM quotes"));
    }

    [Theory]
    [InlineData("0.1", false)]
    [InlineData("0.1000000001", true)]
    public async Task A_real_number_is_one_of_32_bits_where_that_says_the_same(string number, bool isRefused)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, $"CREATE TABLE t (single REAL); INSERT INTO t VALUES (0.25), ({number}), (3)");
        var options = new Runs.BatchOptions
        {
            Input = $"{address}#t",
            Output = job.At("out.parquet"),
            Query = "echo",
            Map = new Dictionary<string, string> { ["values.Single"] = "single" },
            Quarantine = job.At("bad.csv"),
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Equal(isRefused, failure.Message.Contains("would be rounded", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("flag", "1.0"), InlineData("flag", "0.0", "false"), InlineData("flag", "'True'"), InlineData("flag", "'false'", "false"), InlineData("large", "'4'"), InlineData("whole", "3.0"), InlineData("single", "'0.5'"), InlineData("double", "'0.5'")]
    [InlineData("exact", "1.5"), InlineData("text", "5"), InlineData("stamp", "1709168523"), InlineData("point", "1709168523"), InlineData("day", "1709168523")]
    public async Task The_cure_that_is_said_makes_a_column_that_fits(string column, string value, string flag = "true")
    {
        using var job = await RidesJob.StartAsync();
        Run(job, job.At("in.sqlite"), "CREATE TABLE t(x)");
        var row = new Dictionary<string, string>
        {
            ["key"] = "1",
            ["flag"] = "1",
            ["tiny"] = "1",
            ["small"] = "2",
            ["whole"] = "3",
            ["large"] = "4",
            ["unsigned"] = "5",
            ["single"] = "0.5",
            ["double"] = "0.5",
            ["exact"] = "'1.5'",
            ["text"] = "'x'",
            ["day"] = "'2024-02-29'",
            ["time"] = "'01:02:03'",
            ["stamp"] = "'2024-02-29 01:02:03'",
            ["point"] = "'2024-02-29 01:02:03Z'",
            ["span"] = "'01:30:00'",
            ["id"] = "'00112233-4455-6677-8899-aabbccddeeff'",
            ["bytes"] = "x'61'",
            ["list"] = "'[1]'",
            ["payment"] = "'Card'",
            ["map"] = "'{\"a\":1.5}'",
        };
        BatchOptions With(string? other)
        {
            var columns = row.Select(one => $"{(one.Key == column ? other ?? one.Value : one.Value)} AS {one.Key}");
            return new() { Input = $"{job.At("in.sqlite")}#SELECT {string.Join(", ", columns)}", Output = job.At("out.parquet"), Query = "echo", Key = ["key"], Overwrite = true };
        }

        Assert.Equal(1, (await job.RunAsync(With(null))).Answered);
        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(With(value)));
        var cure = System.Text.RegularExpressions.Regex.Match(refused.Message, @"a query that says ([A-Za-z]+.*?)(, (which|of)|; or|\.$|\.\n)").Groups[1].Value;
        var done = await job.RunAsync(With(cure.Replace("...", value, StringComparison.Ordinal)));

        Assert.Equal((1, 0), (done.Answered, done.Bad));
        Assert.Equal([$"{{\"flag\":{flag}}}"], job.Rows($"SELECT flag FROM '{job.At("out.parquet")}'"));
    }

    [Fact]
    public async Task Of_a_view_whose_table_is_gone_that_is_named()
    {
        using var job = await RidesJob.StartAsync();
        Run(job, job.At("in.sqlite"), "CREATE TABLE gone(distance REAL); CREATE VIEW rides AS SELECT * FROM gone; DROP TABLE gone");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = $"{job.At("in.sqlite")}#rides", Output = job.At("out.csv"), Query = "usual" }));

        Assert.Contains("no such table: main.gone", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("There is no table 'rides'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_something_else_is_no_database()
    {
        using var job = await RidesJob.StartAsync();
        var notes = job.Text("notes.db", string.Concat(Enumerable.Repeat("It is no database. ", 100)));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, notes)));

        Assert.Equal(
            $"'{notes}' does not do what it is asked: SQLite Error 26: 'file is not a database'. A file of another kind is not to end with .sqlite, .sqlite3 or .db.", failure.Message);
    }

    [Fact]
    public async Task A_number_that_SQLite_does_not_keep_is_refused_and_nothing_is_written()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.Table("SELECT 1.5::DOUBLE AS distance, 'nan'::DOUBLE AS other"),
            Output = $"{address}#prices",
            Query = "usual",
        }));

        Assert.Contains("SQLite keeps no NaN, which the column 'other' has", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0", await AskAsync(job, address, "SELECT count(*) FROM sqlite_schema"));
    }

    private protected override Task<string> AddressAsync(RidesJob job) => Task.FromResult(job.At("rides.sqlite"));

    private protected override async Task<string?> AskAsync(RidesJob job, string address, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={address};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private protected override void Run(RidesJob job, string address, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={address};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public async Task A_database_whose_folder_is_not_there_is_told_so()
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = job.Table("SELECT 1.5::DOUBLE AS distance"), Output = $"{job.At("none/out.sqlite")}#t", Query = "usual" }));

        Assert.EndsWith("Let its folder be there, and be one that this user may write.", failure.Message, StringComparison.Ordinal);
    }
}
