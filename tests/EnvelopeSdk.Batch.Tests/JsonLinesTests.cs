using System.IO.Compression;
using System.Text;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Files with an object on each line.</summary>
public sealed class JsonLinesTests
{
    [Theory]
    [InlineData("'nan'::DOUBLE"), InlineData("'-inf'::FLOAT"), InlineData("[1, 'inf'::DOUBLE]"), InlineData("{a: 'nan'::DOUBLE}"), InlineData("MAP {'k': 'nan'::FLOAT}")]
    public async Task A_number_that_JSON_does_not_have_is_refused_and_not_written(string other)
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Table($"SELECT 1.5::DOUBLE AS distance, {other} AS other"),
            Output = job.At("out.jsonl"),
            Query = "usual",
        };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("The column 'other' has NaN or an infinite number", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.jsonl")));
        await job.RunAsync(options with { Output = job.At("out.parquet") });
    }

    [Fact]
    public async Task Numbers_of_32_bits_are_written_in_the_digits_that_they_have()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(
            """
            SELECT 1.5::DOUBLE AS distance, 0.1::FLOAT AS a, [0.1, NULL, 3.4028235e38]::FLOAT[] AS b, {x: 0.2::FLOAT, y: [{z: -0.3::FLOAT}]} AS c,
              NULL::FLOAT AS d, NULL::FLOAT[] AS e, 0.1::DOUBLE AS f, 1e-45::FLOAT AS g, MAP {'k': 0.1::FLOAT} AS h
            """);

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal(
            """{"distance":1.5,"a":0.1,"b":[0.1,null,3.4028235e+38],"c":{"x":0.2,"y":[{"z":-0.3}]},"d":null,"e":null,"f":0.1,"g":1e-45,"h":{"k":0.1},"prediction":3.0}""",
            (await File.ReadAllLinesAsync(job.At("out.jsonl")))[0]);
    }

    [Fact]
    public async Task Each_line_is_what_a_caller_would_send_and_comes_back_as_it_was()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text(
            "in.jsonl",
            """
            {"id":12345678901234567890123,"distance":1.50,"passengers":2,"zone":"007"}

            {"zone":null,"id":"x","passengers":3,"distance":2.5,"more":{"a":[1,"ö"]}}
            {"distance":1e1,"passengers":1,"id":null}
            """);

        var done = await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "predict", Key = ["id", "more"] });

        Assert.Equal(3, done.Answered);
        Assert.Equal(
            [
                """{"id":12345678901234567890123,"prediction":9.0}""",
                """{"id":"x","more":{"a":[1,"ö"]},"prediction":9.0}""",
                """{"id":null,"prediction":22.0}""",
            ],
            (await File.ReadAllLinesAsync(job.At("out.jsonl"))).Select(line => line.Replace("\"more\":null,", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("utf-8", "[{\"distance\":1}]", "is one array of JSON. Write each of its objects on a line of its own, as jq -c '.[]' does.")]
    [InlineData("utf-8", "\uFEFF [\n{\"distance\":1}\n]", "is one array of JSON. Write each of its objects on a line of its own, as jq -c '.[]' does.")]
    [InlineData("utf-16", "\uFEFF{\"distance\":1}\n", "is not in UTF-8. Write it in UTF-8, or convert it with iconv.")]
    public async Task A_file_that_has_no_lines_of_JSON_is_told_what_it_is(string encoding, string text, string why)
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At("in.jsonl"), System.Text.Encoding.GetEncoding(encoding).GetBytes(text));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = job.At("in.jsonl"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.Equal($"'{job.At("in.jsonl")}' {why}", failure.Message);
    }

    [Fact]
    public async Task In_a_table_strings_have_no_quotes_and_null_is_no_value()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", """{"distance":1,"passengers":1,"zone":"a\"b","id":1.10}""" + "\n" + """{"distance":1,"passengers":1,"zone":null}""");

        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "predict", Key = ["zone", "id"] });

        Assert.Equal(
            ["""{"zone":"a\"b","id":"1.10","prediction":7.0}""", """{"zone":null,"id":null,"prediction":4.0}"""],
            job.RowsOf(job.At("out.parquet")));
    }

    [Fact]
    public async Task What_is_not_given_has_its_default_and_null_is_a_value()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text(
            "in.jsonl",
            """
            {"ride":{"distance":1,"passengers":1},"payment":"Voucher"}
            {"ride":{"distance":1,"passengers":1}}
            {"ride":{"distance":1,"passengers":1},"payment":null}
            {"ride":{"distance":1},"payment":"Card"}
            {"payment":"Card"}
            """);

        await job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.parquet"),
            Query = "quote",
            Key = ["ride"],
            Quarantine = job.At("bad.jsonl"),
        });

        Assert.Equal(["Voucher", "Cash"], job.Rows($"SELECT payment FROM '{job.At("out.parquet")}'").Select(row => row.Split('"')[3]));
        Assert.Equal(3, job.RowsOf(job.At("bad.jsonl")).Count);
        Assert.Contains("a value of 'ride'", job.RowsOf(job.At("bad.jsonl"))[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packed_files_are_read_too()
    {
        using var job = await RidesJob.StartAsync();
        await using (var packed = new GZipStream(File.Create(job.At("in.jsonl.gz")), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => $$"""{"distance":{{i % 100}}.5,"passengers":1,"id":{{i}}}""" + "\n"))));
        }

        var done = await job.RunAsync(new() { Input = job.At("*.gz"), Output = job.At("out.csv"), Query = "predict", Key = ["id"], RowsPerPart = 3000 });

        Assert.Equal(10_000, done.Answered);
        Assert.Equal("9999,201.0", (await File.ReadAllLinesAsync(job.At("out.csv")))[^1]);
    }

    [Theory]
    [InlineData("[1]", ""), InlineData("distance,passengers", ""), InlineData("{", ""), InlineData("{\"distance\":1,\"distance\":2}", ": the member 'distance' is there twice")]
    [InlineData("{\"distance\":1", ": what is wrong is at the member 'distance' or behind it"), InlineData("{\"distance\":1} 2", ": what is wrong is at the member 'distance' or behind it")]
    [InlineData("{\"id\":1,\"\\ud83d\":2}", ": the name of a member has half of a surrogate pair, which is no character")]
    [InlineData("{\"id\":1,\"distance\":NaN}", ": what is wrong is at the member 'distance' or behind it")]
    [InlineData("{\"distance\":1,\"note\":{\"a\":\"\\ud83d\"}}", ": the member 'note' has half of a surrogate pair, which is no character")]
    public async Task A_line_that_is_no_object_is_named_with_the_reason(string line, string why)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", "{\"distance\":1,\"passengers\":1}\n\n" + line + "\n");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "predict" }));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.StartsWith($"Line 3 of '{input}' is no object of JSON{why}. Each line is one", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(job.At("out.csv.parts")));
    }

    [Fact]
    public async Task A_row_that_is_put_aside_has_what_JSON_does_not_have_as_text()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table("SELECT * FROM (VALUES (1.5::DOUBLE, [1::DOUBLE]), ('nan'::DOUBLE, ['inf'::DOUBLE])) t(distance, more)");

        var done = await job.RunAsync(
            new() { Input = input, Output = job.At("out.jsonl"), Query = "usual", Quarantine = job.At("bad.jsonl") });

        await job.RunAsync(new() { Input = input, Output = job.At("other.jsonl"), Query = "usual", Quarantine = job.At("bad.csv") });

        Assert.Equal((1, 1), (done.Answered, done.Bad));
        Assert.StartsWith("nan,\"[\"\"inf\"\"]\",distance,", (await File.ReadAllLinesAsync(job.At("bad.csv")))[1], StringComparison.Ordinal);
        Assert.StartsWith("""{"distance":"nan","more":["inf"],"fault_column":"distance",""", Assert.Single(await File.ReadAllLinesAsync(job.At("bad.jsonl"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_not_there_is_one_of_its_column()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", """{"distance":1,"passengers":1}""" + "\n" + """{"passengers":1}""" + "\n");

        await job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "predict", Quarantine = job.At("bad.csv") });

        Assert.Contains(",distance,\"a value of 'distance' is expected", (await File.ReadAllLinesAsync(job.At("bad.csv")))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_line_leaves_out_is_left_out_where_lines_are_written_and_means_the_same_when_they_are_read_again()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text(
            "in.jsonl",
            """
            {"distance":1,"passengers":1,"zone":null,"more":{"a":null}}
            {"distance":2,"passengers":1,"payment":"Cash"}
            {"distance":-3,"passengers":1}
            {"zone":"z"}
            """);
        var options = new BatchOptions { Input = input, Output = job.At("out.jsonl"), Quarantine = job.At("bad.jsonl"), Query = "predict" };

        await job.RunAsync(options);

        Assert.Equal(
            ["""{"distance":1,"passengers":1,"zone":null,"more":{"a":null},"prediction":4.0}""", """{"distance":2,"passengers":1,"payment":"Cash","prediction":5.0}"""],
            await File.ReadAllLinesAsync(job.At("out.jsonl")));
        var bad = await File.ReadAllLinesAsync(job.At("bad.jsonl"));
        Assert.StartsWith("""{"distance":-3,"passengers":1,"fault_column":"distance",""", bad[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"zone":"z","fault_column":"distance",""", bad[1], StringComparison.Ordinal);
        job.Text("mended.jsonl", bad[0].Replace("-3", "3", StringComparison.Ordinal));
        await job.RunAsync(options with { Input = job.At("mended.jsonl"), Output = job.At("mended.csv"), Quarantine = null, Key = ["distance"] });
        Assert.Equal("3,8.0", File.ReadLines(job.At("mended.csv")).Last());
    }

    [Theory]
    [InlineData(""), InlineData("\n \n")]
    public async Task A_file_without_a_line_is_said_to_be_one(string text)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", text);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "predict" }));

        Assert.StartsWith($"'{input}' has no line, and so no columns.", failure.Message, StringComparison.Ordinal);
        job.Text("more.jsonl", """{"distance":1,"passengers":1}""");
        Assert.Equal(1, (await job.RunAsync(new() { Input = job.At("*.jsonl"), Output = job.At("out.csv"), Query = "predict" })).Answered);
    }

    [Fact]
    public async Task Names_that_differ_by_case_are_named_with_their_file()
    {
        using var job = await RidesJob.StartAsync();
        job.Text("a.jsonl", """{"distance":1,"zone":"a"}""");
        var file = job.Text("b.jsonl", """{"distance":1,"Zone":"a"}""");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("[ab].jsonl"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.StartsWith($"'{file}' has a member 'Zone', and there are others 'zone'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_may_be_as_deep_as_it_is_and_a_parameter_that_takes_another_says_so()
    {
        using var job = await RidesJob.StartAsync();
        var deep = new string('[', 5000) + new string(']', 5000);
        var kept = job.Text("kept.jsonl", $$"""{"distance":1,"passengers":1,"id":{{deep}}}""" + "\n");
        var asked = job.Text("asked.jsonl", $$"""{"distance":{{deep}},"passengers":1,"id":"\u0061"}""" + "\n");

        await job.RunAsync(new() { Input = kept, Output = job.At("out.jsonl"), Query = "predict", Key = ["id"] });
        Assert.Contains($"\"id\":{deep}", await File.ReadAllTextAsync(job.At("out.jsonl")), StringComparison.Ordinal);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = asked, Output = job.At("out.csv"), Query = "predict", Key = ["id"] }));
        Assert.StartsWith("Row 1 ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packed_file_that_is_cut_is_refused()
    {
        using var job = await RidesJob.StartAsync();
        using var whole = new MemoryStream();
        await using (var packed = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 1000; i++)
            {
                packed.Write(Encoding.UTF8.GetBytes($$"""{"distance":{{i}}.5,"passengers":1}""" + "\n"));
                packed.Flush();
            }
        }

        foreach (var length in (int[])[0, (int)whole.Length / 2, (int)whole.Length - 8])
        {
            await File.WriteAllBytesAsync(job.At("in.jsonl.gz"), whole.ToArray()[..length]);
            var failure = await Assert.ThrowsAsync<EnvelopeException>(
                () => job.RunAsync(new() { Input = job.At("in.jsonl.gz"), Output = job.At("out.csv"), Query = "predict" }));
            Assert.Contains("in.jsonl.gz' is damaged", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_file_has_values_in_its_own_form()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", """{"distance":-1,"passengers":1,"id":"a"}""" + "\n" + """{"distance":1,"passengers":1,"id":"b"}""");

        await job.RunAsync(new()
        {
            Input = input,
            Output = job.At("out.csv"),
            Query = "predict",
            Key = ["id", "distance"],
            Quarantine = job.At("bad.jsonl"),
            Log = job.At("log.csv"),
        });

        Assert.Equal("b,1,4.0", (await File.ReadAllLinesAsync(job.At("out.csv")))[^1]);
        Assert.StartsWith("""{"id":"a","distance":-1,""", (await File.ReadAllLinesAsync(job.At("bad.jsonl")))[0], StringComparison.Ordinal);
        Assert.Contains(",b,1,", (await File.ReadAllLinesAsync(job.At("log.csv")))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_are_missing_are_named_with_the_nearest()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.jsonl", """{"distanze":1,"passengers":1}""");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "predict" }));

        Assert.Contains("There is no column 'distance'; the nearest is 'distanze'", failure.Message, StringComparison.Ordinal);
    }
}
