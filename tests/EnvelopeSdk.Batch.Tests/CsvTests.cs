using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Files of values between dividers: the first line alone says how they are read.</summary>
public sealed class CsvTests
{
    /// <summary>More lines than are looked at by what guesses how a file is read.</summary>
    private static readonly string Many = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"1,1,z{i}\n"));

    [Theory]
    [InlineData("\uFEFFdistance,passengers,zone\r\n1,1,\"a,b\"\r\n1,1,\"q\"\"u\"\r\n1,1,\"x\ny\"\r\n", "a,b|q\"u|x\ny")]
    [InlineData("distance;passengers;zone\n1;1;a,b\n1;1;\"c;d\"\n", "a,b|c;d")]
    [InlineData("distance\tpassengers\tzone\n1\t1\ta b\n", "a b")]
    [InlineData("distance|passengers|zone\n1|1|a,b", "a,b")]
    [InlineData("\"distance\",\"passengers\",\"zone\",\"a;b;c;d\"\n1,1,x,y\n", "x")]
    [InlineData("distance,passengers,zone\n1,1,'it''s'\n1,1,#\n1,1,\\n\n", "'it''s'|#|\\n")]
    [InlineData("distance,passengers,zone\n1,1,\"\"\n1,1,\n1,1,NULL\n", "|null|NULL")]
    [InlineData(",distance,passengers,zone\n0,1,1,a\n", "a")]
    public async Task Each_value_is_what_it_says_without_its_quotes(string text, string zones)
    {
        using var job = await RidesJob.StartAsync();

        Assert.Equal(zones, string.Join('|', (await ZonesAsync(job, text)).Select(one => one ?? "null")));
    }

    [Theory]
    [InlineData("\ndistance\n1\n"), InlineData("\uFEFF\r\n1\r\n")]
    public async Task A_first_line_without_names_is_refused(string text)
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", text);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "usual" }));

        Assert.Contains($"The first line of '{input}' is empty.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_within_quotes_is_part_of_the_value_before_any_letter()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Text("in.csv", "distance,note\r\n1.5,\"a\rb\"\r\n2,\"a\ré\"\r\n3,\"\r😀\"\r\n");

        await job.RunAsync(new() { Input = input, Output = job.At("out.jsonl"), Query = "usual" });

        Assert.Equal(
            [
                """{"distance":"1.5","note":"a\rb","prediction":3.0}""", """{"distance":"2","note":"a\ré","prediction":4.0}""",
                """{"distance":"3","note":"\r😀","prediction":6.0}""",
            ],
            await File.ReadAllLinesAsync(job.At("out.jsonl")));
    }

    [Fact]
    public async Task A_packed_file_that_is_cut_is_refused()
    {
        using var job = await RidesJob.StartAsync();
        using var whole = new MemoryStream();
        await using (var packed = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            await packed.WriteAsync(Encoding.UTF8.GetBytes("distance\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i * 0.37}\n"))));
        }

        foreach (var length in new[] { whole.Length - 1, whole.Length - 9, whole.Length / 2, 20, 0 })
        {
            await File.WriteAllBytesAsync(job.At("in.csv.gz"), whole.ToArray()[..(int)length]);
            await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = job.At("in.csv.gz"), Output = job.At("out.csv"), Query = "usual" }));
            Assert.False(File.Exists(job.At("out.csv")));
        }

        await File.WriteAllBytesAsync(job.At("in.csv.gz"), whole.ToArray());
        Assert.Equal(50_000, (await job.RunAsync(new() { Input = job.At("in.csv.gz"), Output = job.At("out.csv"), Query = "usual", Key = ["distance"] })).Answered);
    }

    [Fact]
    public async Task A_line_may_be_as_long_as_an_image_in_numbers()
    {
        using var job = await RidesJob.StartAsync();
        var note = new string('7', 15_000_000);
        var input = job.Text("in.csv", $"distance,note\n1.5,\"{note}\"\n2,x\n");

        await job.RunAsync(new() { Input = input, Output = job.At("out.csv"), Query = "usual" });

        Assert.Equal(["distance,note,prediction", $"1.5,{note},3.0", "2,x,4.0"], await File.ReadAllLinesAsync(job.At("out.csv")));
    }

    [Fact]
    public async Task A_quote_behind_very_many_lines_without_one_is_a_quote()
    {
        using var job = await RidesJob.StartAsync();

        var zones = await ZonesAsync(job, $"distance,passengers,zone\n{Many}1,1,\"a,\"\"b\"\"\"\n");

        Assert.Equal(["z29999", "a,\"b\""], zones.TakeLast(2));
    }

    [Theory]
    [InlineData("distance,passengers,zone\n1,1,\"a\\\"b\"\n1,1,\"c\"\"d\"\n", "Line 2 of '", "one within a value that is not doubled")]
    [InlineData("distance,passengers,zone\n1,1\n1,1,x,y\n", "Line 2 of '", "has 2 values, and there are 3 columns.")]
    [InlineData("distance,passengers,zone\n1,1,x\n\nTotal,2\n", "Line 4 of '", "has 2 values, and there are 3 columns.")]
    [InlineData("distance,passengers,zone\r\n1,1,x\n1,1,y\r\n", "end in several ways", "dos2unix")]
    [InlineData("distance,\"passengers\n,zone\"\n1,1,x\n", "has a quote that is not closed", "without line ends")]
    [InlineData("", "is empty", "the names of its columns")]
    [InlineData("distance,Distance,passengers\n1,1,x\n", "differ by no more than their case", "'distance', 'Distance'")]
    public async Task What_cannot_be_read_is_named_by_file_and_line_without_its_values(string text, string where, string why)
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => ZonesAsync(job, text));

        Assert.Contains(where, failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Contains("in.csv", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Total", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in.csv", "distance\n1\u00E9\n", "Line 2 of '", "is not in UTF-8. Write the file in UTF-8, or convert it with iconv.")]
    [InlineData("in.csv", "\u001F\u008B\u0008", "'", "is packed with gzip. Let its name end with .gz, or unpack it.")]
    [InlineData("in.csv.gz", "distance\n1\n", "'", "is not packed with gzip, as its name says. Make it anew, or let its name not end with .gz.")]
    [InlineData("in.jsonl.gz", "{}", "'", "is not packed with gzip, as its name says. Make it anew, or let its name not end with .gz.")]
    public async Task What_is_no_text_is_refused_for_what_it_is(string name, string latin1, string begin, string why)
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At(name), Encoding.Latin1.GetBytes(latin1));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(new() { Input = job.At(name), Output = job.At("out.csv"), Query = "usual" }));

        Assert.EndsWith($"{begin}{job.At(name)}' {why}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1, \"a\"\n", 2), InlineData("1,\"a\" \n", 2), InlineData("1,a\n2,  \"a\"\n", 3), InlineData(" \"1\",a\n", 2), InlineData("\"1\" ,a\n", 2)]
    [InlineData("1,\"a\nb\" \n", 3)]
    public async Task A_space_beside_a_quote_is_not_dropped_in_silence(string rows, int line)
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.Text("in.csv", "distance,zone\n" + rows), Output = job.At("out.csv"), Query = "usual" }));

        Assert.Contains($"Line {line} of '{job.At("in.csv")}' has a space between a quote and the begin or the end of its value", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Files are looked through in blocks of 256 KB.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_space_beside_a_quote_is_seen_wherever_in_a_file_it_is(bool isPacked)
    {
        using var job = await RidesJob.StartAsync();
        const int Block = 1 << 18;
        var options = new BatchOptions { Input = job.At(isPacked ? "in.csv.gz" : "in.csv"), Output = job.At("out.csv"), Query = "usual", Key = ["zone"], Overwrite = true };
        foreach (var before in Enumerable.Range(Block - 6, 8))
        {
            foreach (var (value, isRefused) in new[] { (" \"a\"", true), ("\"a\" ", true), ("\"a \"", false), (" a ", false), ("\"a\"\"\"", false) })
            {
                const string Begin = "distance,zone\n1,";
                await WriteAsync(options.Input, isPacked, Begin + new string('z', before - Begin.Length - 3) + "\n2," + value + "\n3,b\n");

                var run = job.RunAsync(options);
                Assert.Equal(isRefused, await Record.ExceptionAsync(() => run) is EnvelopeException refused && refused.Message.Contains("Line 3 of", StringComparison.Ordinal));
            }
        }
    }

    private static async Task WriteAsync(string path, bool isPacked, string text)
    {
        await using var file = File.Create(path);
        await using Stream written = isPacked ? new GZipStream(file, CompressionLevel.Fastest) : file;
        await written.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    [Theory]
    [InlineData("1,\" a \"\n", " a "), InlineData("1, a \n", " a "), InlineData("1,\"a\"\n", "a"), InlineData("1,a b\n", "a b"), InlineData("\"1\",\"a \"\"b\"\" \"\n", "a \"b\" ")]
    [InlineData("1,  \n", "  ")]
    public async Task Spaces_elsewhere_are_part_of_the_value(string rows, string zone)
    {
        using var job = await RidesJob.StartAsync();

        await job.RunAsync(new() { Input = job.Text("in.csv", "distance,zone\n" + rows), Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal(zone, JsonDocument.Parse(Assert.Single(job.RowsOf(job.At("out.parquet")))).RootElement.GetProperty("zone").GetString());
    }

    [Theory]
    [InlineData("1,5", "it is no number, which has a point before its fraction, and no comma."), InlineData("far", "it is no number."), InlineData("NaN", "it is NaN or infinite, which no caller can send either."), InlineData(" -inf ", "it is NaN or infinite"), InlineData("N/A", "it is no number: a value that is missing is an empty one."), InlineData("\"\"", "it is no number but an empty string: a value that is missing has no quotes.")]
    public async Task A_number_with_a_comma_is_told_what_it_lacks(string number, string reason)
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job) with { Input = job.Text("in.csv", $"distance;passengers\n{number};1\n") }));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_behind_very_many_that_lacks_a_value_is_named()
    {
        using var job = await RidesJob.StartAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => ZonesAsync(job, $"distance,passengers,zone\n{Many}1,1\n"));

        Assert.Contains("Line 30002 of '", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Threads of the engine begin at multiples of 16 MB.</summary>
    [Fact]
    public async Task A_line_that_lacks_a_value_is_named_wherever_in_a_large_file_it_is()
    {
        using var job = await RidesJob.StartAsync();
        const string header = "distance,passengers,zone\n", line = "7,7,1\n", other = "7,1\n";
        var before = (32_000_000 - header.Length + line.Length - 1) / line.Length;
        await using (var file = File.CreateText(job.At("in.csv")))
        {
            file.Write(header);
            file.Write(string.Concat(Enumerable.Repeat(line, before)));
            file.Write(other);
            file.Write(string.Concat(Enumerable.Repeat(line, 2_000_000)));
        }

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job)));

        Assert.Contains($"Line {before + 2} of '", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>All behind it would be one value, and may be less than a line can have, or more than a buffer.</summary>
    [Theory]
    [InlineData(0, false), InlineData(100, false), InlineData(3_000_000, false), InlineData(6_000_000, false), InlineData(100, true)]
    public async Task A_quote_that_is_not_closed_is_named_however_much_is_behind_it(int linesBehind, bool isPacked)
    {
        using var job = await RidesJob.StartAsync();
        var name = job.At(isPacked ? "in.csv.gz" : "in.csv");
        await using (Stream file = isPacked ? new GZipStream(File.Create(name), CompressionLevel.Fastest) : File.Create(name))
        await using (var text = new StreamWriter(file))
        {
            text.Write("distance,passengers,zone\n1,1,\"a\nb\"\"\"\n2,2,\"\"\n3,3,\"c\"\"\n");
            text.Write(string.Concat(Enumerable.Repeat("7,7,1\n", linesBehind)));
        }

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job) with { Input = name }));

        Assert.Contains($"Line 5 of '{name}' has ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a quote that is not closed", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.parquet")));
    }

    /// <summary>To the engine, a byte order mark is the begin of the first name, and its quotes are none.</summary>
    [Fact]
    public async Task Rows_that_the_engine_would_leave_out_are_refused()
    {
        using var job = await RidesJob.StartAsync();
        job.Text("in.csv", "\uFEFF\"note,\",distance,passengers\n\"a,\"\"b\",1,1\n");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job)));

        Assert.Contains($"there are 1 rows in '{job.At("in.csv")}', and 0 would be read.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("without a byte order mark", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n"), InlineData("\r\n"), InlineData("\r")]
    public async Task Empty_lines_are_rows_where_there_is_one_column_and_none_elsewhere(string end)
    {
        using var job = await RidesJob.StartAsync();
        string[] lines = ["\uFEFFdistance", "1", "", "2", "", ""];
        job.Text("in.csv", string.Join(end, lines));
        job.Text("other.csv", string.Join(end, lines.Select((line, i) => line.Length == 0 ? "" : i == 0 ? line + ",passengers" : line + ",1")));

        var one = await job.RunAsync(Options(job) with { Query = "usual" });
        var two = await job.RunAsync(Options(job) with { Input = job.At("other.csv"), Output = job.At("other.parquet") });

        Assert.Equal(2, two.Answered);
        Assert.Equal(4, one.Answered);
    }

    [Theory]
    [InlineData("\n"), InlineData("\r\n"), InlineData("\r")]
    public async Task A_line_that_is_too_long_is_named_also_if_it_is_the_last(string end)
    {
        using var job = await RidesJob.StartAsync();
        job.Text("in.csv", $"distance,passengers,zone{end}1,1,a{end}2,2,{new string('z', 70_000_000)}");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(Options(job)));

        Assert.Contains($"Line 3 of '{job.At("in.csv")}' has more than 16000000 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_may_have_their_columns_in_another_order_and_other_dividers()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("in"));
        job.Text("in/a.csv", "distance,passengers,zone\n1,2,a\n");
        job.Text("in/b.csv", "zone;passengers;distance\nb;2;1\n");
        job.Text("in/c.tsv", "distance\tpassengers\tzone\n1\t2\tc\n");

        await job.RunAsync(Options(job) with { Input = job.At("in"), Output = job.At("out.csv") });

        Assert.Equal(
            ["distance,passengers,zone,prediction", "1,2,a,6.0", "1,2,b,6.0", "1,2,c,6.0"], File.ReadAllLines(job.At("out.csv")));
        job.Text("in/d.csv", "distance,passengers\n1,2\n");
        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(Options(job) with { Input = job.At("in"), Output = job.At("other.csv") }));
        Assert.Contains("The column 'zone' is not there in", failure.Message, StringComparison.Ordinal);
    }

    private static BatchOptions Options(RidesJob job) => new()
    {
        Input = job.At("in.csv"),
        Output = job.At("out.parquet"),
        Query = "predict",
    };

    private static async Task<IReadOnlyList<string?>> ZonesAsync(RidesJob job, string text)
    {
        job.Text("in.csv", text);
        await job.RunAsync(Options(job));
        return
        [
            .. job.Rows($"SELECT zone FROM '{job.At("out.parquet")}'")
                .Select(row => System.Text.Json.JsonElement.Parse(row).GetProperty("zone").GetString()),
        ];
    }
}
