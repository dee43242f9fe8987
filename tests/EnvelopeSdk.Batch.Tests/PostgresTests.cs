using System.Globalization;
using EnvelopeSdk.Batch.Databases;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Registry.Tests.Support;
using Npgsql;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs from and to PostgreSQL.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PostgresTests(PostgresServer server) : DatabaseContract
{
    [PostgresFact]
    public Task A_table_that_needs_more_than_the_rows_have_is_not_appended_to() => ATableThatNeedsMoreThanTheRowsHaveIsNotAppendedTo();

    [PostgresFact]
    public Task A_table_is_not_read_and_replaced_by_one_job() => ATableIsNotReadAndReplacedByOneJob();

    [PostgresFact]
    public async Task A_column_that_a_domain_or_a_trigger_fills_needs_no_value_and_one_of_a_domain_without_null_does()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE DOMAIN filled AS integer DEFAULT 7; CREATE DOMAIN needed AS integer NOT NULL");
        Run(job, address, "CREATE TABLE made (distance double precision, prediction double precision, kind filled NOT NULL, id integer GENERATED ALWAYS AS IDENTITY, twice double precision GENERATED ALWAYS AS (distance * 2) STORED NOT NULL)");
        Run(job, address, "CREATE TABLE stamped (distance double precision, prediction double precision, made timestamptz NOT NULL)");
        Run(job, address, "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.made = now(); RETURN NEW; END $$");
        Run(job, address, "CREATE TRIGGER stamps BEFORE INSERT ON stamped FOR EACH ROW EXECUTE FUNCTION stamp()");
        Run(job, address, "CREATE TABLE lacking (distance double precision, prediction double precision, seen needed)");
        var options = new BatchOptions { Input = job.Table("SELECT 1.5::DOUBLE AS distance"), Output = $"{address}#made", Query = "usual", Append = true };

        await job.RunAsync(options);
        await job.RunAsync(options with { Output = $"{address}#stamped" });
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options with { Output = $"{address}#lacking" }));

        Assert.Equal("1", await AskAsync(job, address, "SELECT count(*) FROM made WHERE kind = 7 AND twice = 3"));
        Assert.Equal("1", await AskAsync(job, address, "SELECT count(made) FROM stamped"));
        Assert.Contains("seen: Each row of the table needs a value of it", failure.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public Task Of_a_table_that_is_not_there_those_are_said_that_are() => OfATableThatIsNotThereThoseAreSaidThatAre();

    [PostgresFact]
    public async Task A_numeric_without_digits_behind_the_point_is_a_whole_number()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE TABLE wide (distance numeric(5), passengers numeric(1, 0), large numeric(38, 0))");
        Run(job, address, "INSERT INTO wide VALUES (12, 1, 18446744073709551615), (900, 2, -99999999999999999999999999999999999999)");

        await job.RunAsync(new() { Input = $"{address}#wide", Output = job.At("out.jsonl"), Query = "predict", Key = ["large"] });

        Assert.Equal(
            ["""{"large":18446744073709551615,"prediction":26.0}""", """{"large":-99999999999999999999999999999999999999,"prediction":1803.0}"""],
            await File.ReadAllLinesAsync(job.At("out.jsonl")));
    }

    [PostgresFact]
    public async Task A_text_with_a_zero_in_it_is_refused_with_its_column_and_nothing_is_written()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.Table("SELECT i + 0.5::DOUBLE AS distance, CASE WHEN i = 3 THEN 'a' || chr(0) || 'b' ELSE 'c' END AS note FROM range(5) t(i)"),
            Output = $"{address}#notes",
            Query = "usual",
        }));

        Assert.StartsWith("PostgreSQL keeps no text with the character U+0000, which the column 'note' has.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("", await AskAsync(job, address, "SELECT to_regclass('notes')::text"));
    }

    [PostgresTheory]
    [InlineData("1.5::numeric", "double precision", "distance"), InlineData("'4'::text", "bigint", "passengers")]
    public async Task The_cure_that_is_said_is_one_of_the_database(string value, string type, string column)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        string Input(string of) => $"{address}#SELECT {(column == "distance" ? of : "1.5::float8")} AS distance, {(column == "passengers" ? of : "1")} AS passengers";
        var options = new BatchOptions { Input = Input(value), Output = job.At("out.csv"), Query = "predict", Key = ["passengers"] };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));
        var cure = System.Text.RegularExpressions.Regex.Match(failure.Message, @"says (CAST\(\.\.\. AS .+?\))[.;,]").Groups[1].Value;

        Assert.Contains(type, cure, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, (await job.RunAsync(options with { Input = Input(cure.Replace("...", value, StringComparison.Ordinal)) })).Answered);
    }

    [PostgresFact]
    public Task Answers_come_into_a_table() => AnswersComeIntoATable();

    [PostgresFact]
    public Task What_is_there_is_replaced_or_appended_only_if_it_is_said() =>
        WhatIsThereIsReplacedOrAppendedOnlyIfItIsSaid();

    [PostgresFact]
    public Task A_table_that_has_other_rows_since_is_not_taken_for_done() =>
        ATableThatHasOtherRowsSinceIsNotTakenForDone();

    [PostgresFact]
    public Task Rows_are_appended_once_wherever_the_others_go_and_whatever_becomes_of_them() =>
        RowsAreAppendedOnceWhereverTheOthersGoAndWhateverBecomesOfThem();

    [PostgresFact]
    public Task A_table_that_was_dropped_is_made_again_by_the_job_that_had_appended_to_it() =>
        ATableThatWasDroppedIsMadeAgainByTheJobThatHadAppendedToIt();

    [PostgresFact]
    public Task What_failed_when_it_was_written_is_not_taken_for_done_by_an_earlier_run() =>
        WhatFailedWhenItWasWrittenIsNotTakenForDoneByAnEarlierRun(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused here'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON envelope_runs FOR EACH ROW WHEN (NEW.id <> 'trial') EXECUTE FUNCTION refuse();
            """,
            "DROP TRIGGER refuse ON envelope_runs");

    [PostgresTheory]
    [InlineData("ab ", null)]
    [InlineData("ab\U0001F600", null)]
    [InlineData("ab    ", "The column 'code' of the table 'prices' ")]
    [InlineData("ab    ", "keeps texts of up to 3 characters, and one has 6.")]
    [InlineData("abcd", "keeps texts of up to 3 characters, and one has 4.")]
    public async Task A_text_that_is_too_long_is_said_with_its_column_and_spaces_that_are_too_many_are_not_cut_in_silence(string code, string? refusal)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE TABLE prices (distance float8, code varchar(3), prediction float8)");
        var run = job.RunAsync(new()
        {
            Input = job.Table($"SELECT 1.5::DOUBLE AS distance, '{code}' AS code"),
            Output = $"{address}#prices",
            Query = "usual",
            Append = true,
        });

        if (refusal is null)
        {
            await run;
        }
        else
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => run);
            Assert.Contains(refusal, failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(refusal is null ? $"'{code}'" : "", await AskAsync(job, address, "SELECT quote_literal(code) FROM prices"));
    }

    [PostgresFact]
    public async Task Texts_that_are_too_long_to_be_sent_at_once_are_sent_in_several_turns()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);

        await job.RunAsync(new()
        {
            Input = job.Table("SELECT i + 0.5::DOUBLE AS distance, repeat(chr(65 + i::INT % 26), 3000000 + i::INT) AS note FROM range(20) t(i)"),
            Output = $"{address}#prices",
            Query = "usual",
        });

        Assert.Equal(
            "20 20 60000190",
            await AskAsync(
                job, address,
                "SELECT concat_ws(' ', count(*), count(DISTINCT distance), sum(length(note))) FROM prices "
                + "WHERE length(note) = 3000000 + floor(distance) AND left(note, 1) = chr(65 + floor(distance)::int % 26)"));
    }

    [Theory]
    [InlineData("verify-full", SslMode.VerifyFull)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("require", SslMode.Require)]
    public void The_modes_of_a_secure_connection_are_called_as_PostgreSQL_calls_them(string mode, SslMode expected) => Assert.Equal(
        expected,
        new NpgsqlConnectionStringBuilder(PostgresAddress.ConnectionString($"postgresql://me@there/prices?sslmode={mode}")).SslMode);

    [PostgresFact]
    public Task Rows_of_a_table_that_lacks_a_column_are_refused_before_one_is_read() =>
        RowsOfATableThatLacksAColumnAreRefusedBeforeOneIsRead();

    [PostgresFact]
    public Task Two_names_of_one_table_are_one_table() => TwoNamesOfOneTableAreOneTable("public.prices");

    [PostgresFact]
    public Task A_table_that_somebody_made_meanwhile_is_not_replaced() => ATableThatSomebodyMadeMeanwhileIsNotReplaced();

    [PostgresFact]
    public Task Rows_are_appended_only_where_the_table_keeps_their_values() => RowsAreAppendedOnlyWhereTheTableKeepsTheirValues(
        refused: [("distance", "integer"), ("distance", "real"), ("distance", "numeric"), ("large", "float8"), ("code", "integer"), ("exact", "numeric(10,2)"), ("exact", "float8"), ("stamp", "timestamptz"), ("stamp", "date"), ("stamp", "timestamp(0)"), ("point", "timestamp")],
        taken: [("distance", "float8"), ("large", "numeric(20)"), ("small", "float8"), ("small", "int8"), ("code", "varchar(9)"), ("exact", "numeric"), ("exact", "numeric(30,6)"), ("stamp", "timestamp"), ("point", "timestamptz"), ("day", "date")]);

    [PostgresFact]
    public Task A_run_that_was_killed_is_in_the_table_once() => ARunThatWasKilledIsInTheTableOnce();

    [PostgresFact]
    public Task A_run_that_has_a_name_appends_once_what_is_asked_anew_each_time() =>
        ARunThatHasANameAppendsOnceWhatIsAskedAnewEachTime();

    [PostgresFact]
    public Task Quarantine_and_log_are_tables_of_the_same_transaction() =>
        QuarantineAndLogAreTablesOfTheSameTransaction();

    [PostgresFact]
    public Task The_rows_of_a_table_are_answered_in_its_own_database() =>
        TheRowsOfATableAreAnsweredInItsOwnDatabase();

    [PostgresFact]
    public async Task A_column_of_jsonb_is_an_object()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, """CREATE TABLE t (id int, ride jsonb); INSERT INTO t VALUES (7, '{"distance": 1.5, "passengers": 2}'), (8, '[]');""");

        var done = await job.RunAsync(new()
        {
            Input = $"{address}#t",
            Output = $"{address}#quotes",
            Query = "quote",
            Key = ["id"],
            Quarantine = $"{address}#bad",
        });

        Assert.Equal((1, 1), (done.Answered, done.Bad));
        Assert.Equal("7 3 [1.5, 2.0]", await AskAsync(job, address, "SELECT concat_ws(' ', id, price, parts) FROM quotes"));
        Assert.Equal("8 ride", await AskAsync(job, address, "SELECT concat_ws(' ', id, fault_column) FROM bad"));
    }

    [PostgresFact]
    public async Task Values_of_all_types_come_and_go_unchanged()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(
            job, address,
            """
            CREATE TABLE t (distance float8, flag boolean, small int2, whole int4, large int8, single float4, exact numeric(20, 6),
              code varchar(9), day date, clock time, stamp timestamp, point timestamptz, id uuid, bytes bytea, list int4[],
              names text[], free numeric);
            INSERT INTO t VALUES (0.1, true, -32768, 2147483647, -9223372036854775808, 0.1, 12345678901234.567890, '007 ä''"\',
              '1999-12-31', '23:59:59.999999', '2026-11-28 01:02:03.000004', '2026-11-28 01:02:03.5+02',
              '00112233-4455-6677-8899-aabbccddeeff', '\x00ff', '{1,NULL,3}', '{a,"b c"}', 1);
            INSERT INTO t (distance, single) VALUES (5e-324, 'NaN');
            """);

        await job.RunAsync(new()
        {
            Input = $"{address}#SELECT distance, flag, small, whole, large, single, exact, code, day, clock, stamp, point, id, bytes, list, names FROM t",
            Output = $"{address}#copy",
            Query = "usual",
        });

        Assert.Equal("0", await AskAsync(
            job, address,
            """
            SELECT count(*) FROM t LEFT JOIN copy c USING (distance) WHERE (t.flag, t.small, t.whole, t.large, t.single, t.exact,
              t.code, t.day, t.clock, t.stamp, t.point, t.id, t.bytes, to_jsonb(t.list), to_jsonb(t.names)) IS DISTINCT FROM
              (c.flag, c.small, c.whole, c.large, c.single, c.exact, c.code, c.day, c.clock, c.stamp, c.point, c.id, c.bytes,
              c.list, c.names)
            """));
        Assert.Equal("2", await AskAsync(job, address, "SELECT count(*) FROM copy"));
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = $"{address}#t", Output = job.At("all.parquet"), Query = "usual" }));
        Assert.Contains("free: No file can keep numeric as it is", failure.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Times_before_the_year_1_come_as_they_are()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(
            job, address,
            """
            CREATE TABLE old (distance float8, day date, stamp timestamp, point timestamptz, days date[], numbers float8[]);
            INSERT INTO old VALUES
              (1, '0044-03-15 BC', '0044-03-15 12:30:00.25 BC', '0044-03-15 12:30:00+00 BC', '{0044-03-15,NULL,0044-03-15 BC}', '{-0,0.1,5e-324,1e300}'),
              (2, '0044-03-15', NULL, 'infinity', '{}', NULL);
            """);

        await job.RunAsync(new() { Input = $"{address}#old", Output = job.At("old.parquet"), Query = "usual" });
        await job.RunAsync(new() { Input = $"{address}#old", Output = $"{address}#kept", Query = "usual" });

        Assert.Equal(
            [
                """{"times":"0044-03-15 (BC),0044-03-15 (BC) 12:30:00.25,0044-03-15 (BC) 12:30:00+00,[0044-03-15, NULL, '0044-03-15 (BC)'],[-0.0, 0.1, 5e-324, 1e+300]"}""",
                """{"times":"0044-03-15,NULL,infinity,[],NULL"}""",
            ],
            job.Rows($"SELECT concat_ws(',', day, coalesce(stamp::VARCHAR, 'NULL'), point, days::VARCHAR, coalesce(numbers::VARCHAR, 'NULL')) AS times FROM '{job.At("old.parquet")}' ORDER BY distance"));
        Assert.Equal("2", await AskAsync(
            job, address,
            "SELECT count(*) FROM old JOIN kept USING (distance) WHERE (old.day, old.stamp, old.point) IS NOT DISTINCT FROM (kept.day, kept.stamp, kept.point)"));
    }

    [PostgresTheory]
    [InlineData("numeric(10,2)", "'NaN'")]
    [InlineData("float8[]", "'{{1,2},{3,4}}'")]
    [InlineData("text[]", "'{{a,b},{c,d}}'")]
    public async Task A_value_that_the_engine_does_not_have_is_told_with_its_column_and_the_cure(string type, string value)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, $"CREATE TABLE t (distance float8, odd {type}); INSERT INTO t VALUES (1, {value}), (2, NULL)");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = $"{address}#t", Output = job.At("odd.parquet"), Query = "usual" }));

        Assert.Contains("The column 'odd'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("leave its row out, in a query", failure.Message, StringComparison.Ordinal);
        var done = await job.RunAsync(new()
        {
            Input = $"{address}#SELECT * FROM t WHERE distance > 1",
            Output = job.At("odd.parquet"),
            Query = "usual",
            Overwrite = true,
        });
        Assert.Equal(1, done.Answered);
    }

    [PostgresFact]
    public async Task A_second_run_into_a_table_is_refused_while_the_first_writes_it()
    {
        using var job = await RidesJob.StartAsync();
        using var other = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        EnvelopeException? refused = null;

        await job.RunAsync(
            Options(job, address) with { Spill = job.At("a") },
            new Heard(_ => refused = Task.Run(() => Assert.ThrowsAsync<EnvelopeException>(() => other.RunAsync(
                Options(other, address) with { Append = true, Spill = other.At("b") }))).GetAwaiter().GetResult()));

        Assert.Equal($"Another run writes '{address}#prices'. Wait for its end.", refused?.Message);
        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    [PostgresFact]
    public async Task What_a_table_does_not_take_is_said_without_the_value_and_nothing_is_written()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(
            job, address,
            "CREATE TABLE prices (id int2, distance float8, passengers int2, zone text, prediction float8)");
        var options = Options(job, address) with
        {
            Input = job.Table("SELECT 1 AS id, 1.5::DOUBLE AS distance, 1 AS passengers, 'z' AS zone UNION ALL SELECT 98765, 1.5, 1, 'z'"),
            Append = true,
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("out of range", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("98765", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0", await AskAsync(job, address, "SELECT count(*) FROM prices"));
        Run(job, address, "ALTER TABLE prices ALTER id TYPE int8");
        await job.RunAsync(options); // what was answered is kept
        Assert.Equal("2", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    [Theory]
    [InlineData("postgresql://me:secret@127.0.0.1:1/none"), InlineData("postgresql://me:secret@h o s t/none"), InlineData("postgres://me:@127.0.0.1/none")]
    [InlineData("postgresql://me:a/secret@127.0.0.1/none"), InlineData("postgresql://me:1@secret@127.0.0.1/none"), InlineData("postgresql://me:12secret")]
    [InlineData("postgresql://127.0.0.1:1/none?sslmode=require&password=secret"), InlineData("POSTGRESQL://127.0.0.1:1/none?Password=secret&port=1")]
    public async Task A_password_in_an_address_is_refused_and_not_shown(string address)
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, address)));

        Assert.Contains("has a password in it", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set PGPASSWORD", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://me@127.0.0.1:1/none"), InlineData("postgresql://127.0.0.1:1/none?user=me@home"), InlineData("postgresql://[::1]:1/none?user=password")]
    public async Task A_port_or_a_name_is_no_password(string address)
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job, address)));

        Assert.StartsWith($"'{address}' does not do what it is asked", failure.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_schema_that_is_named_is_the_one_that_is_read_and_written()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(
            job, address,
            "CREATE TABLE public.t AS SELECT 1::float8 AS distance; CREATE SCHEMA AUTHORIZATION CURRENT_USER; "
            + "CREATE TABLE t AS SELECT 2::float8 AS distance");

        await job.RunAsync(new() { Input = $"{address}#public.t", Output = $"{address}#public.answers", Query = "usual" });

        Assert.Equal("1", await AskAsync(job, address, "SELECT distance FROM public.answers"));
    }

    [PostgresTheory]
    [InlineData("TIMESTAMP_NS '2026-11-28 00:00:00.000000001'"), InlineData("TIME_NS '01:02:03.123456789'")]
    public async Task What_the_database_cannot_keep_is_said_before_a_row_is_answered(string seen)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new()
        {
            Input = job.Table($"SELECT 13::DOUBLE AS distance, 1 AS passengers, {seen} AS seen"),
            Output = $"{address}#prices",
            Query = "predict", // which refuses 13
        }));

        Assert.Contains("has no type for the column 'seen'", failure.Message, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("GRANT CREATE ON SCHEMA public TO {0}; CREATE TABLE prices (theirs TEXT)", true, "must be owner of table prices")]
    [InlineData("REVOKE CREATE ON SCHEMA public FROM public", false, "permission denied for schema public")]
    [InlineData("CREATE TABLE prices AS SELECT 1::int8 AS id, 1::float8 AS distance, 1 AS passengers, '' AS zone, 1::float8 AS prediction", null, "permission denied for table prices")]
    [InlineData("ALTER SCHEMA public OWNER TO {0}; CREATE TABLE prices (id int); ALTER TABLE prices OWNER TO {0}; CREATE VIEW dear AS TABLE prices", true, "other objects depend on it")]
    public async Task A_right_that_is_missing_is_said_before_a_row_is_answered_and_nothing_is_written(
        string there, bool? overwrite, string reason)
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        var role = RoleOf(job, address);
        Run(job, address, string.Format(CultureInfo.InvariantCulture, there, role));
        var options = Options(job, AddressOf(address, role)) with
        {
            Input = job.Table("SELECT 1::int8 AS id, 13::DOUBLE AS distance, 1 AS passengers, 'z' AS zone"), // predict refuses 13
            Overwrite = overwrite == true,
            Append = overwrite is null,
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal("0", await AskAsync(job, address, "SELECT count(*) FROM pg_tables WHERE tablename = 'envelope_runs'"));
    }

    [PostgresFact]
    public async Task A_role_appends_that_may_read_and_insert_and_nothing_more()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        await job.RunAsync(Options(job, address));
        var role = RoleOf(job, address);
        Run(job, address, $"REVOKE CREATE ON SCHEMA public FROM public; GRANT SELECT, INSERT ON prices, envelope_runs TO {role}");

        await job.RunAsync(Options(job, AddressOf(address, role)) with
        {
            Input = job.Table("SELECT 1::int8 AS id, 1.5::DOUBLE AS distance, 1 AS passengers, 'z' AS zone"),
            Append = true,
        });

        Assert.Equal("5001", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    [PostgresFact]
    public async Task A_table_that_somebody_reads_when_the_job_begins_is_replaced_at_its_end()
    {
        using var job = await RidesJob.StartAsync();
        var address = await AddressAsync(job);
        Run(job, address, "CREATE TABLE prices (theirs TEXT)");
        using var reading = Connection(address);
        reading.Open();
        using var transaction = reading.BeginTransaction();
        using var command = new NpgsqlCommand("SELECT * FROM prices", reading, transaction);
        command.ExecuteNonQuery();

        await job.RunAsync(Options(job, address) with { Overwrite = true }, new Heard(_ => transaction.Rollback()));

        Assert.Equal("5000", await AskAsync(job, address, "SELECT count(*) FROM prices"));
    }

    /// <summary>Constraints that are looked at when rows are committed may take longer than the 30 s of the provider.</summary>
    [Fact]
    public void A_commit_takes_as_long_as_it_takes_and_a_connection_that_rests_is_kept_alive()
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresAddress.ConnectionString("postgresql://me@there/prices"));

        Assert.Equal((0, true, 60), (connection.CommandTimeout, connection.TcpKeepAlive, connection.TcpKeepAliveTime));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named()
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(Options(job, "postgresql://me@127.0.0.1:1/none")));

        Assert.Contains("'postgresql://me@127.0.0.1:1/none' does not do what it is asked", failure.Message, StringComparison.Ordinal);
    }

    private protected override async Task<string> AddressAsync(RidesJob job)
    {
        var parts = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        // A server beside much else takes longer to answer than the 15 s that a connection waits for it.
        return $"postgresql://{parts.Username}@{parts.Host}:{parts.Port}/{parts.Database}?connect_timeout=120";
    }

    private protected override async Task<string?> AskAsync(RidesJob job, string address, string sql)
    {
        await using var connection = Connection(address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private protected override void Run(RidesJob job, string address, string sql)
    {
        using var connection = Connection(address);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>A new role that may connect.</summary>
    private string RoleOf(RidesJob job, string address)
    {
        var role = $"role_{Guid.NewGuid():N}";
        Run(job, address, $"CREATE ROLE {role} LOGIN");
        return role;
    }

    private static string AddressOf(string address, string role) =>
        new UriBuilder(address) { UserName = role }.Uri.AbsoluteUri;

    private static NpgsqlConnection Connection(string address)
    {
        var uri = new Uri(address);
        return new(
            $"Host={uri.Host};Port={uri.Port};Username={uri.UserInfo};Database={uri.AbsolutePath[1..]};Pooling=false;Timeout=120");
    }
}
