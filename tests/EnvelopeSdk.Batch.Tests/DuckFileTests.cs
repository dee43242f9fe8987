using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs from and to files of DuckDB.</summary>
public sealed class DuckFileTests : DatabaseContract
{
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
    public Task A_table_that_was_dropped_is_made_again_by_the_job_that_had_appended_to_it() =>
        ATableThatWasDroppedIsMadeAgainByTheJobThatHadAppendedToIt();

    [Fact]
    public async Task What_no_rows_come_into_is_known_before_one_is_answered()
    {
        using var job = await RidesJob.StartAsync();
        var (input, path) = (job.Table("SELECT 1.5::DOUBLE AS distance"), job.At("out.duckdb"));
        job.Query($"ATTACH '{path}' AS d; CREATE TABLE d.own(distance DOUBLE, prediction DOUBLE); CREATE VIEW d.t AS SELECT * FROM d.own; DETACH d");
        var parts = new List<BatchProgress>();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = input, Output = $"{path}#t", Query = "usual", Append = true }, new Heard(parts.Add)));

        Assert.Contains("is a view, into which no rows come", failure.Message, StringComparison.Ordinal);
        Assert.Empty(parts);
    }

    [Fact]
    public async Task A_column_that_rows_lack_has_the_default_of_the_table()
    {
        using var job = await RidesJob.StartAsync();
        var (input, path) = (job.Table("SELECT 1.5::DOUBLE AS distance"), job.At("out.duckdb"));
        job.Query($"ATTACH '{path}' AS d; CREATE TABLE d.t(distance DOUBLE NOT NULL, prediction DOUBLE, seen INTEGER NOT NULL DEFAULT 7, note VARCHAR); DETACH d");

        await job.RunAsync(new() { Input = input, Output = $"{path}#t", Query = "usual", Append = true });
        await job.RunAsync(new() { Input = $"{path}#t", Output = job.At("out.csv"), Query = "usual", Key = ["seen", "note"] });

        Assert.Equal("7,,3.0", File.ReadLines(job.At("out.csv")).Last());
    }

    [Fact]
    public Task Rows_of_a_table_that_lacks_a_column_are_refused_before_one_is_read() =>
        RowsOfATableThatLacksAColumnAreRefusedBeforeOneIsRead();

    [Fact]
    public Task Two_names_of_one_table_are_one_table() => TwoNamesOfOneTableAreOneTable("main.prices", "Prices", "MAIN.PRICES");

    [Fact]
    public Task A_table_that_somebody_made_meanwhile_is_not_replaced() => ATableThatSomebodyMadeMeanwhileIsNotReplaced();

    [Fact]
    public Task Rows_are_appended_only_where_the_table_keeps_their_values() => RowsAreAppendedOnlyWhereTheTableKeepsTheirValues(
        refused: [("distance", "INTEGER"), ("distance", "FLOAT"), ("distance", "DECIMAL(18,4)"), ("large", "DOUBLE"), ("code", "INTEGER"), ("exact", "DECIMAL(10,2)"), ("exact", "DOUBLE"), ("stamp", "TIMESTAMPTZ"), ("stamp", "DATE"), ("stamp", "TIMESTAMP_S"), ("point", "TIMESTAMP")],
        taken: [("distance", "DOUBLE"), ("large", "HUGEINT"), ("small", "DOUBLE"), ("small", "DECIMAL(9,2)"), ("code", "VARCHAR"), ("exact", "DECIMAL(30,6)"), ("stamp", "TIMESTAMP_NS"), ("point", "TIMESTAMPTZ"), ("day", "DATE")]);

    [Theory]
    [InlineData("TIME", false), InlineData("TIME_NS", true)]
    public async Task Times_of_day_in_nanoseconds_are_appended_only_where_the_table_keeps_them(string column, bool isTaken)
    {
        using var job = await RidesJob.StartAsync();
        var (input, path) = (job.Table("SELECT 1.5::DOUBLE AS distance, TIME_NS '01:02:03.123456789' AS seen"), job.At("out.duckdb"));
        job.Query($"ATTACH '{path}' AS d; CREATE TABLE d.t(distance DOUBLE, seen {column}, prediction DOUBLE); DETACH d");

        var failure = await Record.ExceptionAsync(() => job.RunAsync(new() { Input = input, Output = $"{path}#t", Query = "usual", Append = true }));

        Assert.Matches(isTaken ? "^$" : "seen: It is .* here and .* in the table, which would change values", failure?.Message ?? "");
    }

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
    public async Task Nested_values_stay_what_they_are()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);

        await job.RunAsync(new()
        {
            Input = job.Table("SELECT 1.5::DOUBLE AS distance, 2 AS passengers, 'ab' AS zone"),
            Output = $"{address}#quotes",
            Query = "quote",
            Key = ["zone"],
        });

        Assert.Equal("2", await AskAsync(job, address, "SELECT parts[2] FROM quotes"));
    }

    [Fact]
    public async Task A_database_without_a_table_is_refused()
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(Options(job, "") with { Output = job.At("prices.duckdb") }));

        Assert.Contains("Name the table too", failure.Message, StringComparison.Ordinal);
    }

    private protected override Task<string> AddressAsync(RidesJob job) => Task.FromResult(job.At("rides.duckdb"));

    [Fact]
    public async Task A_table_is_in_a_schema_that_is_there_which_is_said_before_a_row_is_answered()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE SCHEMA there");
        var options = Options(job, address) with
        {
            Input = job.Table("SELECT 13::DOUBLE AS distance, 1 AS passengers"), // which the model refuses
            Quarantine = job.At("bad.csv"),
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(options with { Output = $"{address}#nowhere.prices", Quarantine = null }));
        await job.RunAsync(options with { Output = $"{address}#there.prices" });

        Assert.Contains("has no schema 'nowhere', in which the table", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0", await AskAsync(job, address, "SELECT count(*) FROM there.prices"));
    }

    [Fact]
    public async Task The_schema_main_is_in_a_database_that_is_not_there_yet()
    {
        using var job = await RidesJob.StartAsync();
        var address = job.At("new.duckdb");

        await job.RunAsync(Options(job, address) with { Output = $"{address}#main.prices" });

        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM main.prices"));
    }

    private protected override Task<string?> AskAsync(RidesJob job, string address, string sql)
    {
        using var tables = new Tables.DuckTables(job.At("spill"), 256, 2);
        tables.Run($"ATTACH '{address}' AS asked");
        tables.Run("USE asked");
        var answer = tables.Texts($"SELECT CAST(({sql}) AS VARCHAR)")[0];
        return Task.FromResult<string?>(answer.EndsWith(".0", StringComparison.Ordinal) ? answer[..^2] : answer);
    }

    private protected override void Run(RidesJob job, string address, string sql)
    {
        using var tables = new Tables.DuckTables(job.At("spill"), 256, 2);
        tables.Run($"ATTACH '{address}' AS asked");
        tables.Run("USE asked");
        tables.Run(sql);
    }
}
