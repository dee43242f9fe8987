using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs from their input to their output.</summary>
public sealed class JobTests
{
    private const string Two = "SELECT * FROM (VALUES (1.5::DOUBLE, 2, '007'), (2.5, 3, NULL)) t(distance, passengers, zone)";

    [Fact]
    public async Task Columns_become_parameters_by_name_and_answers_a_column_behind_them()
    {
        using var job = await RidesJob.StartAsync();

        var done = await job.RunAsync(new() { Input = job.Table(Two), Output = job.At("out.parquet"), Query = "predict" });

        Assert.Equal((2, 2, 0), (done.Rows, done.Answered, done.Bad));
        Assert.Equal(
            [
                """{"distance":1.5,"passengers":2,"zone":"007","prediction":9.0}""",
                """{"distance":2.5,"passengers":3,"zone":null,"prediction":9.0}""",
            ],
            job.RowsOf(job.At("out.parquet")));
    }

    [Fact]
    public async Task Text_is_read_as_the_schema_says_so_that_zeros_in_front_and_large_numbers_survive()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "id,distance,passengers,zone,payment\n007,+01.50,2,007,Voucher\n12345678901234567890123,2.5e0, 3 ,,Cash\n");

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "predict", Key = ["id"] });

        Assert.Equal(
            ["""{"id":"007","prediction":10.0}""", """{"id":"12345678901234567890123","prediction":8.0}"""],
            job.RowsOf(job.At("out.parquet")));
    }

    [Fact]
    public async Task An_object_is_its_members_and_its_answer_has_a_column_for_each()
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new()
        {
            Input = job.Table("SELECT 1.5::DOUBLE AS km, 2 AS passengers, 'ab' AS zone"),
            Output = job.At("out.parquet"),
            Query = "quote",
            Key = ["zone"],
            Map = new Dictionary<string, string> { ["ride.distance"] = "km" },
        });

        Assert.Equal(
            ["""{"zone":"ab","price":3.0,"currency":"EUR","parts":[1.5,2.0],"payment":"Cash","day":"2026-05-02"}"""],
            job.RowsOf(job.At("out.parquet")));
    }

    [Fact]
    public async Task An_object_may_be_a_structure_and_a_stream_is_a_list()
    {
        using var job = await RidesJob.StartAsync();
        var rides = job.Table("SELECT {'distance': 1.5::DOUBLE, 'passengers': 2} AS ride, 3 AS \"from\"");

        await job.RunAsync(new() { Input = rides, Output = job.At("quotes.parquet"), Query = "quote", Key = ["from"] });
        await job.RunAsync(new() { Input = rides, Output = job.At("counts.parquet"), Query = "count", Key = ["from"] });

        Assert.Contains("\"parts\":[1.5,2.0]", Assert.Single(job.RowsOf(job.At("quotes.parquet"))), StringComparison.Ordinal);
        Assert.Equal("""{"from":3,"prediction":[6.0,4.0,2.0]}""", Assert.Single(job.RowsOf(job.At("counts.parquet"))));
    }

    [Theory]
    [InlineData("out.csv"), InlineData("out.jsonl"), InlineData("out.parquet")]
    public async Task Rows_keep_their_order_however_many_parts_and_threads_there_are(string output)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT i AS id, (i % 1000)::DOUBLE / 8 + 0.1 AS distance, 1 AS passengers FROM range(10000) t(i)");

        await job.RunAsync(new()
        {
            Input = input,
            Output = job.At(output),
            Query = "predict",
            RowsPerPart = 3000,
            Threads = 3,
        });

        Assert.Equal(
            ["10000", "true", "true"],
            job.Rows($"""
                SELECT count(*) AS rows, bool_and(id = n) AS inOrder, bool_and(prediction::DOUBLE = distance::DOUBLE * 2 + 2) AS answered
                FROM (SELECT *, row_number() OVER () - 1 AS n FROM '{job.At(output)}')
                """)[0].Split([':', ',', '}']).Where((_, i) => i % 2 == 1));
        Assert.False(Directory.Exists(job.At(output + ".parts")));
    }

    [Fact]
    public async Task A_table_without_a_row_becomes_one_with_the_columns_of_the_answers()
    {
        using var job = await RidesJob.StartAsync();

        var done = await job.RunAsync(new()
        {
            Input = job.Table(Two + " WHERE false"),
            Output = job.At("out.parquet"),
            Query = "predict",
        });

        Assert.Equal(0, done.Rows);
        Assert.Equal(
            ["distance", "passengers", "zone", "prediction"],
            job.Rows($"SELECT name FROM parquet_schema('{job.At("out.parquet")}') WHERE num_children IS NULL")
                .Select(row => row.Split('"')[3]));
    }

    [Fact]
    public async Task Files_of_a_pattern_are_read_in_the_order_of_their_names_and_a_query_is_an_input_too()
    {
        using var job = await RidesJob.StartAsync();
        foreach (var i in (int[])[2, 1])
        {
            job.Table($"SELECT {i} AS id, {i}::DOUBLE AS distance, 0 AS passengers", $"in{i}.parquet");
        }

        await job.RunAsync(new() { Input = job.At("in*.parquet"), Output = job.At("files.parquet"), Query = "predict", Key = ["id"] });
        await job.RunAsync(new()
        {
            Input = $"SELECT id, distance * 10 AS distance, passengers FROM '{job.At("in*.parquet")}' WHERE id = 2;",
            Output = job.At("query.parquet"),
            Query = "predict",
            Key = ["id"],
        });

        Assert.Equal(["""{"id":1,"prediction":3.0}""", """{"id":2,"prediction":5.0}"""], job.RowsOf(job.At("files.parquet")));
        Assert.Equal(["""{"id":2,"prediction":41.0}"""], job.RowsOf(job.At("query.parquet")));
    }

    [Theory]
    [InlineData("in.parquet"), InlineData("a query")]
    public async Task Structures_of_very_many_rows_keep_their_values_together(string input)
    {
        using var job = await RidesJob.StartAsync();
        var rows = job.Table(
            """
            SELECT i AS id, CASE WHEN i % 5 = 0 THEN {'distance': 1, 'passengers': 2, 'zone': NULL}
              ELSE {'distance': (i % 7) + 0.5, 'passengers': 2, 'zone': ['a', 'bb', 'a zone of more than twelve'][1 + i % 3]}
              END::STRUCT(distance DOUBLE, passengers INTEGER, zone VARCHAR) AS ride FROM range(10000) t(i)
            """);

        await job.RunAsync(new()
        {
            Input = input == "a query" ? $"SELECT *\nFROM '{rows}' -- all" : rows,
            Output = job.At("out.parquet"),
            Query = "quote",
        });

        Assert.Equal(
            ["""{"n":10000,"prices":10000,"parts":10000,"days":10000}"""],
            job.Rows($"""
                SELECT count(*) AS n, count(*) FILTER (price = ride.distance * 2) AS prices,
                  count(*) FILTER (parts = [ride.distance, ride.passengers]) AS parts,
                  count(*) FILTER (day(day) IS NOT DISTINCT FROM length(ride.zone)) AS days FROM '{job.At("out.parquet")}'
                """));
    }

    [Fact]
    public async Task What_a_job_writes_into_the_folder_that_it_reads_is_no_input_of_it()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("data"));
        job.Table(Two, "data/in.parquet");
        var options = new BatchOptions
        {
            Input = job.At("data"),
            Output = job.At("data/out.parquet"),
            Query = "predict",
            Key = ["zone"],
            Overwrite = true,
        };

        await job.RunAsync(options);
        File.Delete(job.At("data/out.parquet.manifest.json"));
        Assert.Equal(2, (await job.RunAsync(options)).Rows);
    }

    [Theory]
    [InlineData("in.parquet"), InlineData("in.csv"), InlineData("in.jsonl")]
    public async Task Rows_of_which_nothing_is_asked_have_an_answer_each(string name)
    {
        using var job = await RidesJob.StartAsync();
        job.Table("SELECT 'a' AS zone FROM range(3)");
        job.Text("in.csv", "zone\na\na\na\n");
        job.Text("in.jsonl", "{}\n{\"zone\":\"a\"}\n{}\n");

        await job.RunAsync(new() { Input = job.At(name), Output = job.At("out.csv"), Query = "flat", Key = ["zone"] });

        Assert.Equal(3, (await File.ReadAllLinesAsync(job.At("out.csv"))).Count(line => line.EndsWith(",2.0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_column_whose_name_begins_with_an_at_is_one_and_no_file_of_options()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "@timestamp,distance\n7,1\n");

        Assert.Equal(0, await job.RunProgramAsync("-i", input, "-o", job.At("out.csv"), "--query", "usual", "--key", "@timestamp"));

        Assert.Equal(["@timestamp,prediction", "7,2.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    [Fact]
    public async Task Objects_without_members_are_rows()
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new() { Input = job.Text("in.jsonl", "{}\n{}\n"), Output = job.At("out.csv"), Query = "usual" });

        Assert.Equal(["prediction", "10.0", "10.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    [Fact]
    public async Task Lines_that_look_like_comments_are_rows()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "zone,distance,passengers\n#1,1,1\n#2,2,1\n3,3,1\n");

        var done = await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "predict", Key = ["zone"] });

        Assert.Equal(3, done.Answered);
    }

    [Theory]
    [InlineData("csv"), InlineData("parquet")]
    public async Task Files_may_have_their_columns_in_another_order(string ending)
    {
        using var job = await RidesJob.StartAsync();
        job.Query($"COPY (SELECT 1 AS passengers, 10::DOUBLE AS distance) TO '{job.At("in1." + ending)}'");
        job.Query($"COPY (SELECT 20::DOUBLE AS distance, 2 AS passengers) TO '{job.At("in2." + ending)}'");

        await job.RunAsync(new()
        {
            Input = job.At("in*." + ending),
            Output = job.At("out.csv"),
            Query = "predict",
            Key = ["passengers"],
        });

        Assert.Equal(["passengers,prediction", "1,22.0", "2,43.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_went()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT 1 AS key, true AS flag, (-128)::TINYINT AS tiny, 300::SMALLINT AS small, 7 AS whole, -9007199254740993 AS large,
              18446744073709551615::UBIGINT AS unsigned, 0.1::FLOAT AS single, 0.1::DOUBLE AS double,
              12345678901234567.89::DECIMAL(20,2) AS exact, E'ö "\n' AS text, DATE '2024-02-29' AS day,
              TIME '23:59:59.123456' AS time, TIMESTAMP '2024-02-29 01:02:03.5' AS stamp,
              TIMESTAMPTZ '2024-02-29 01:02:03+00' AS point, INTERVAL '90' MINUTE AS span,
              '00112233-4455-6677-8899-aabbccddeeff'::UUID AS id, '\x00\xFF'::BLOB AS bytes, [1, NULL, 3] AS list,
              'Card' AS payment, MAP {'a': 1.5::DOUBLE} AS map
            """);

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "echo", Key = ["key"] });

        Assert.Equal(
            """
            {"key":1,"flag":true,"tiny":-128,"small":300,"whole":7,"large":-9007199254740993,"unsigned":18446744073709551615,
            "single":0.10000000149011612,"double":0.1,"exact":"12345678901234567.89","text":"ö \"\n","day":"2024-02-29",
            "time":"23:59:59.1234560","stamp":"2024-02-29T01:02:03.5","point":"2024-02-29T01:02:03+00:00","span":"01:30:00",
            "id":"00112233-4455-6677-8899-aabbccddeeff","bytes":"\\x00\\xFF","list":[1,null,3],"payment":"Card",
            "map":"{\"a\":1.5}"}
            """.ReplaceLineEndings(""),
            Assert.Single(job.RowsOf(job.At("out.parquet"))));
    }
}
