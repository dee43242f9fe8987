using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs from and to files of Arrow record batches.</summary>
public sealed class ArrowFileTests
{
    /// <summary>Columns of all kinds that files keep, in more rows than a batch has.</summary>
    private const string All =
        """
        SELECT i AS id, i % 900 + 0.5::DOUBLE AS distance, 1 AS passengers, i % 3 = 0 AS flag, (i % 5)::UTINYINT AS tiny,
          i::FLOAT / 3 AS single, (i / 7)::DECIMAL(18, 3) AS exact, repeat('ä', (i % 4)::INT) AS zone,
          DATE '2026-01-01' + (i % 90)::INT AS day, TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS stamp,
          TIMESTAMPTZ '2026-01-01 00:00:00+00' + INTERVAL (i) SECOND AS point, TIME '01:02:03.456789' AS time,
          encode(i::VARCHAR) AS bytes, CASE WHEN i % 2 = 0 THEN [i, NULL] END AS list, {a: i, b: [i::VARCHAR]} AS part,
          MAP {'a': i} AS map
        FROM range(70000) t(i)
        """;

    private static readonly int[] Sizes = [3000, 10, 2500, 1, 700];
    private static readonly string[] Flags = ["false", "true", ""];
    private static readonly string[] Words = ["a", "bb", "", ""]; // none in the dictionary, no place in it

    [Fact]
    public async Task What_is_written_as_Arrow_is_read_as_the_same_by_all_who_read_it()
    {
        using var job = await RidesJob.StartAsync();
        var input = job.Table(All);
        await job.RunAsync(new() { Input = input, Output = job.At("out.parquet"), Query = "predict" });

        await job.RunAsync(new() { Input = input, Output = job.At("out.arrow"), Query = "predict" });
        await job.RunAsync(new()
        {
            Input = job.At("out.arrow"),
            Output = job.At("again.parquet"),
            Query = "predict",
            Answer = "second",
        });

        var rows = job.RowsOf(job.At("out.parquet"));
        Assert.Equal(70_000, rows.Count);
        Assert.Equal(rows, job.Rows($"SELECT * EXCLUDE (second) FROM '{job.At("again.parquet")}'"));
        Assert.Equal(
            [70_000L],
            job.Rows($"SELECT count(*) AS n FROM '{job.At("again.parquet")}' WHERE prediction = second")
                .Select(one => long.Parse(one[5..^1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal((70_000, 2), await CountAsync(job.At("out.arrow"))); // rows, batches
    }

    [Fact]
    public async Task A_stream_in_a_file_is_read_as_a_file_is_and_several_are_one_table()
    {
        using var job = await RidesJob.StartAsync();
        var folder = Directory.CreateDirectory(job.At("folder")).FullName;
        await StreamAsync(Path.Combine(folder, "b.arrows"), 2.5, 3.5);
        await StreamAsync(Path.Combine(folder, "a.arrows"), 1.5);

        await job.RunAsync(new() { Input = folder, Output = job.At("out.csv"), Query = "usual" });

        Assert.Equal(["distance,prediction", "1.5,3.0", "2.5,5.0", "3.5,7.0"], File.ReadAllLines(job.At("out.csv")));
    }

    [Theory]
    [InlineData("none.arrow"), InlineData("none.arrows")]
    public async Task A_file_without_rows_is_one_of_no_rows(string name)
    {
        using var job = await RidesJob.StartAsync();
        if (name.EndsWith('s'))
        {
            await WriteAsync(job.At(name), new([new Field("distance", DoubleType.Default, true)], null));
        }
        else
        {
            await job.RunAsync(new() { Input = job.Table("SELECT 1.5::DOUBLE AS distance LIMIT 0"), Output = job.At(name), Query = "usual", Key = ["distance"], Answer = "first" });
        }

        var done = await job.RunAsync(new() { Input = job.At(name), Output = job.At("out.csv"), Query = "usual", Key = ["distance"] });

        Assert.Equal((0, 0), (done.Answered, done.Bad));
        Assert.Equal(["distance,prediction"], File.ReadAllLines(job.At("out.csv")));
    }

    [Fact]
    public async Task A_time_that_the_engine_does_not_have_is_said()
    {
        using var job = await RidesJob.StartAsync();
        var seconds = new TimestampType(TimeUnit.Second, "UTC");
        var sentinel = ArrowArrayFactory.BuildArray(new ArrayData(
            seconds, 1, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer.Builder<long>().Append(9_999_999_999_999).Build()]));
        Apache.Arrow.Schema schema = new([new Field("distance", DoubleType.Default, true), new Field("seen", seconds, true)], null);
        await WriteAsync(
            job.At("in.arrows"), schema, new RecordBatch(schema, [new DoubleArray.Builder().Append(1).Build(), sentinel], 1));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("in.arrows"), Output = job.At("out.parquet"), Query = "usual" }));

        Assert.StartsWith($"The column 'seen' of '{job.At("in.arrows")}': A value of the type timestamp", failure.Message, StringComparison.Ordinal);
        Assert.Contains("is further from 1970 than 290,000 years", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strings_of_a_file_may_be_places_in_a_dictionary()
    {
        using var job = await RidesJob.StartAsync();
        var words = new StringArray.Builder().Append("ab").Append("c").Build();
        using var batch = new RecordBatch.Builder()
            .Append("distance", true, new DoubleArray.Builder().AppendRange([1.5, 1.5, 1.5]).Build())
            .Append("passengers", true, new Int32Array.Builder().AppendRange([1, 1, 1]).Build())
            .Append("zone", true, new DictionaryArray(
                new DictionaryType(Int32Type.Default, StringType.Default, false),
                new Int32Array.Builder().Append(1).AppendNull().Append(0).Build(), words)).Build();
        await using (var file = File.Create(job.At("in.arrow")))
        {
            using var writer = new ArrowFileWriter(file, batch.Schema);
            await writer.WriteRecordBatchAsync(batch);
            await writer.WriteEndAsync();
        }

        await job.RunAsync(new() { Input = job.At("in.arrow"), Output = job.At("out.csv"), Query = "predict", Key = ["zone"] });

        Assert.Equal(["zone,prediction", "c,6.0", ",5.0", "ab,7.0"], File.ReadAllLines(job.At("out.csv")));
    }

    [Fact]
    public async Task Rows_are_those_of_their_batch_whatever_others_have_left_in_its_memory()
    {
        using var job = await RidesJob.StartAsync();
        var random = new Random(7);
        List<string> expected = ["distance,flag,word,time,prediction"];
        RecordBatch[] batches = [.. Sizes.Select(size => Batch(size, random, expected))];
        await WriteAsync(job.At("in.arrows"), batches[0].Schema, batches);

        await job.RunAsync(new() { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "usual" });

        Assert.Equal(expected, File.ReadAllLines(job.At("out.csv")));
    }

    /// <summary>Rows with columns that are copied when they are read, each value of which may be missing.</summary>
    private static RecordBatch Batch(int rows, Random random, List<string> lines)
    {
        var (distances, flags, words) = (new DoubleArray.Builder(), new BooleanArray.Builder(), new Int32Array.Builder());
        var times = new Time32Array.Builder(new Time32Type(TimeUnit.Second));
        for (var i = 0; i < rows; i++)
        {
            var (distance, flag, word, time) = (i + 0.5, random.Next(3), random.Next(4), random.Next(60));
            distances.Append(distance);
            _ = flag == 2 ? flags.AppendNull() : flags.Append(flag == 1);
            _ = word == 3 ? words.AppendNull() : words.Append(word);
            _ = time == 0 ? times.AppendNull() : times.Append(time);
            lines.Add(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{distance},{Flags[flag]},{Words[word]},{(time == 0 ? "" : $"00:00:{time:00}")},{2 * distance:0.0}"));
        }

        var all = new StringArray.Builder().Append("a").Append("bb").AppendNull().Build();
        return new RecordBatch.Builder()
            .Append("distance", true, distances.Build()).Append("flag", true, flags.Build())
            .Append("word", true, new DictionaryArray(
                new DictionaryType(Int32Type.Default, StringType.Default, false), words.Build(), all))
            .Append("time", true, times.Build()).Build();
    }

    [Fact]
    public async Task A_batch_with_a_column_of_fewer_rows_is_refused_and_has_not_those_of_the_one_before()
    {
        using var job = await RidesJob.StartAsync();
        var (whole, torn) = (new DoubleArray.Builder().AppendRange(new double[1000]).Build(), new DoubleArray.Builder().Append(1).Build());
        Apache.Arrow.Schema schema = new([new Field("distance", DoubleType.Default, true)], null);
        await WriteAsync(job.At("in.arrows"), schema, new RecordBatch(schema, [whole], 1000), new RecordBatch(schema, [torn], 1000));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.Equal(
            $"'{job.At("in.arrows")}' is no whole file of Arrow record batches that can be read: A batch has columns of another number of rows. Write it anew.",
            failure.Message);
        Assert.False(File.Exists(job.At("out.csv")));
    }

    [Fact]
    public async Task A_column_of_nothing_is_that_of_any_parameter_that_may_have_none()
    {
        using var job = await RidesJob.StartAsync();
        using var batch = new RecordBatch.Builder()
            .Append("distance", true, new DoubleArray.Builder().Append(1.5).Build())
            .Append("passengers", true, new Int32Array.Builder().Append(2).Build())
            .Append("zone", true, new NullArray(1)).Build();
        await WriteAsync(job.At("in.arrows"), batch.Schema, batch);

        await job.RunAsync(new() { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "predict" });

        Assert.Equal(["distance,passengers,zone,prediction", "1.5,2,,6.0"], File.ReadAllLines(job.At("out.csv")));
    }

    [Fact]
    public async Task Files_of_other_columns_are_refused_before_a_row_is_read()
    {
        using var job = await RidesJob.StartAsync();
        await StreamAsync(job.At("a.arrows"), 1.5);
        await StreamAsync(job.At("b.arrows"), ("range", 1.5));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = job.At("*.arrows"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.Contains("look at 'distance'", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(job.At("out.csv.parts")));
    }

    [Theory]
    [InlineData(true, true), InlineData(true, false), InlineData(false, true)]
    public async Task Streams_one_behind_the_other_are_refused_and_not_read_as_the_first(bool hasRows, bool isStream)
    {
        using var job = await RidesJob.StartAsync();
        await (hasRows ? StreamAsync(job.At("in.arrows"), 1.5)
            : WriteAsync(job.At("in.arrows"), new([new Field("distance", DoubleType.Default, true)], null)));
        await File.AppendAllBytesAsync(job.At("in.arrows"), isStream ? await File.ReadAllBytesAsync(job.At("in.arrows")) : [0]);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.StartsWith($"'{job.At("in.arrows")}' goes on behind the mark of its end", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.csv")));
    }

    [Fact]
    public async Task A_file_without_columns_among_others_is_named()
    {
        using var job = await RidesJob.StartAsync();
        Directory.CreateDirectory(job.At("in"));
        await StreamAsync(job.At("in/a.arrows"), 1.5);
        await WriteAsync(job.At("in/b.arrows"), new([], null));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => job.RunAsync(new() { Input = job.At("in"), Output = job.At("out.csv"), Query = "usual" }));

        Assert.StartsWith($"The columns of '{job.At("in/b.arrows")}' are not those of '{job.At("in/a.arrows")}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".arrow", 200)]
    [InlineData(".arrow", 40_000)]
    [InlineData(".arrows", 200)]
    [InlineData(".arrows", 40_000)]
    public async Task A_torn_file_is_refused_wherever_it_was_torn(string ending, int length)
    {
        using var job = await RidesJob.StartAsync();
        var file = job.At("torn" + ending);
        if (ending == ".arrow")
        {
            await job.RunAsync(new()
            {
                Input = job.Table("SELECT i + 0.5::DOUBLE AS distance FROM range(10000) t(i)"),
                Output = file,
                Query = "usual",
            });
        }
        else
        {
            await StreamAsync(file, [.. Enumerable.Range(0, 10_000).Select(one => one + 0.5)]);
        }

        await using (var content = File.OpenWrite(file))
        {
            content.SetLength(length);
        }

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
            new() { Input = file, Output = job.At("out.csv"), Query = "usual", Answer = "second" }));

        Assert.Contains($"'{file}' is no whole file of Arrow record batches", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.csv")));
    }

    [Theory]
    [InlineData("zone", false), InlineData("kept", false), InlineData("kept", true)]
    public async Task A_string_that_is_not_valid_is_refused_with_its_file_column_and_row_and_never_null(string name, bool isListed)
    {
        using var job = await RidesJob.StartAsync();
        var (whole, torn) = (Rides(name, isListed, "a"u8.ToArray()), Rides(name, isListed, [0xC3]));
        await WriteAsync(job.At("in.arrows"), whole.Schema, whole, torn);
        var options = new Runs.BatchOptions { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "predict", Quarantine = job.At("bad.csv") };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.StartsWith(
            $"Row 4 of '{job.At("in.arrows")}' has in the column '{name}' a string that is not valid UTF-8", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.At("out.csv")));
    }

    [Fact]
    public async Task A_string_that_is_not_valid_disturbs_nobody_where_it_is_not_read_and_bytes_may_be_any()
    {
        using var job = await RidesJob.StartAsync();
        var torn = Rides("kept", false, [0xC3]);
        await WriteAsync(job.At("in.arrows"), torn.Schema, torn);
        using var bytes = new RecordBatch.Builder()
            .Append("distance", true, new DoubleArray.Builder().AppendRange([1.5, 2.5]).Build())
            .Append("bytes", true, new BinaryArray.Builder().Append([0xC3]).Append([]).Build()).Build();
        await WriteAsync(job.At("bytes.arrows"), bytes.Schema, bytes);

        var done = await job.RunAsync(new() { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "predict", Key = ["distance"] });
        var kept = await job.RunAsync(new() { Input = job.At("bytes.arrows"), Output = job.At("out.parquet"), Query = "usual" });

        Assert.Equal((2, 2), (done.Answered, kept.Answered));
        Assert.Equal(["""{"n":"C3"}""", """{"n":""}"""], job.Rows($"SELECT hex(bytes) AS n FROM '{job.At("out.parquet")}'"));
    }

    [Theory]
    [InlineData(4, 9_999, true), InlineData(4, 10_000, false), InlineData(4, -10_000, false), InlineData(4, 123_456, false)]
    [InlineData(9, 999_999_999, true), InlineData(9, 1_000_000_000, false), InlineData(18, 1_000_000_000_000_000_000, false)]
    [InlineData(20, long.MaxValue, true)]
    public async Task A_decimal_number_is_within_the_digits_of_its_type(int digits, long unscaled, bool isWithin)
    {
        using var job = await RidesJob.StartAsync();
        var value = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128LittleEndian(value, unscaled);
        var numbers = ArrowArrayFactory.BuildArray(new ArrayData(new Decimal128Type(digits, 2), 1, 0, 0, [ArrowBuffer.Empty, new(value)]));
        using var rows = new RecordBatch.Builder()
            .Append("distance", true, new DoubleArray.Builder().Append(1).Build()).Append("number", true, numbers).Build();
        await WriteAsync(job.At("in.arrows"), rows.Schema, rows);
        var options = new Runs.BatchOptions { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "usual" };

        if (isWithin)
        {
            await job.RunAsync(options);
            Assert.Equal($"1.0,{unscaled / 100m:0.00},2.0", (await File.ReadAllLinesAsync(job.At("out.csv")))[1]);
            return;
        }

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains($"has more than {digits} digits", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decimal_number_of_256_bits_is_no_column_of_bytes()
    {
        using var job = await RidesJob.StartAsync();
        var wide = ArrowArrayFactory.BuildArray(new ArrayData(new Decimal256Type(50, 2), 1, 0, 0, [ArrowBuffer.Empty, new(new byte[32])]));
        using var rows = new RecordBatch.Builder()
            .Append("distance", true, new DoubleArray.Builder().Append(1).Build()).Append("wide", true, wide).Build();
        await WriteAsync(job.At("in.arrows"), rows.Schema, rows);
        var options = new Runs.BatchOptions { Input = job.At("in.arrows"), Output = job.At("out.csv"), Query = "usual" };

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains("wide: No file can keep decimal256(50, 2) as it is.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await job.RunAsync(options with { Key = ["distance"] })).Answered);
    }

    /// <summary>Two rides: a column of strings, or of lists of them, is null in the first and has the bytes in the second.</summary>
    private static RecordBatch Rides(string name, bool isListed, byte[] bytes)
    {
        var none = new ArrowBuffer.BitmapBuilder().Append(false).Append(true).Build();
        ArrowBuffer Offsets(params int[] offsets) => new ArrowBuffer.Builder<int>().AppendRange(offsets).Build();
        var texts = new ArrayData(
            StringType.Default, 2, isListed ? 0 : 1, 0,
            [isListed ? ArrowBuffer.Empty : none, Offsets(0, 0, bytes.Length), new ArrowBuffer(bytes)]);
        var data = isListed
            ? new ArrayData(
                new ListType(new Field("item", StringType.Default, true)), 2, 1, 0, [none, Offsets(0, 0, 2)], [texts])
            : texts;
        return new RecordBatch.Builder()
            .Append("distance", true, new DoubleArray.Builder().AppendRange([1.5, 2.5]).Build())
            .Append("passengers", true, new Int32Array.Builder().AppendRange([1, 2]).Build())
            .Append(name, true, ArrowArrayFactory.BuildArray(data)).Build();
    }

    [Theory]
    [InlineData(24, "string_view", "string"), InlineData(23, "binary_view", "binary"), InlineData(25, "list_view", "list")]
    public async Task A_column_of_a_type_that_is_not_read_is_named_with_what_it_is_to_be(byte number, string type, string cast)
    {
        using var job = await RidesJob.StartAsync();
        foreach (var ending in (string[])[".arrows", ".arrow"])
        {
            var file = job.At("in" + ending);
            var texts = new Apache.Arrow.Schema([new Field("distance", DoubleType.Default, true), new Field("word", StringType.Default, true)], null);
            await WriteAsync(file, texts, new RecordBatch(texts, [new DoubleArray.Builder().Append(1).Build(), new StringArray.Builder().Append("a").Build()], 1));
            await AsTypeAsync(file, texts, number, ending == ".arrow");

            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(
                new() { Input = file, Output = job.At("out.csv"), Query = "usual" }));

            Assert.Equal(
                (EnvelopeError.Invalid, $"'{file}' has columns of types that are not read: 'word' of {type} (cast it to {cast}). Cast them when it is written."),
                (failure.Error, failure.Message));
        }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_schema_in_which_any_byte_is_another_is_read_or_refused_wherever_it_is(bool isInFooterAlone)
    {
        using var job = await RidesJob.StartAsync();
        await job.RunAsync(new()
        {
            Input = job.Table("SELECT i::DOUBLE AS distance, 'z' || (i % 3) AS zone, now() AS seen, {a: [i]} AS part FROM range(100) t(i)"),
            Output = job.At("out.arrow"),
            Query = "usual",
        });
        var file = await File.ReadAllBytesAsync(job.At("out.arrow"));
        var (begin, end) = (16, 16 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12)));
        if (isInFooterAlone)
        {
            file = [.. file[..8], .. file[end..]];
            (begin, end) = (file.Length - 10 - BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 10)), file.Length);
        }

        await File.WriteAllBytesAsync(job.At("in.arrow"), file);
        Assert.Equal(100, (await job.RunAsync(new() { Input = job.At("in.arrow"), Output = job.At("again.arrow"), Query = "usual", Answer = "again" })).Answered);
        for (var at = begin; at < end; at++)
        {
            foreach (var other in (byte[])[0x00, 0x7F, 0xFF])
            {
                var torn = (byte[])file.Clone();
                torn[at] = other;
                await File.WriteAllBytesAsync(job.At("torn.arrow"), torn);
                try
                {
                    using var opened = await Sources.ArrowFile.OpenAsync(job.At("torn.arrow"), default);
                }
                catch (EnvelopeException refused)
                {
                    Assert.Contains("torn.arrow", refused.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    /// <summary>
    /// Apache.Arrow 14 writes no such types. A column of strings becomes one: where the schema of one of bytes is another
    /// lies the number of the type.
    /// </summary>
    private static async Task AsTypeAsync(string path, Apache.Arrow.Schema texts, byte number, bool isFile)
    {
        var bytes = new Apache.Arrow.Schema([.. texts.FieldsList.Select(one => one.DataType is StringType ? new Field(one.Name, BinaryType.Default, true) : one)], null);
        var (own, other) = (await SchemaAsync(texts), await SchemaAsync(bytes));
        var all = await File.ReadAllBytesAsync(path);
        all[own.Zip(other).Index().First(one => one.Item.First != one.Item.Second).Index] = number;
        await File.WriteAllBytesAsync(path, isFile ? [.. "ARROW1\0\0"u8, .. all, .. "ARROW1"u8] : all);
    }

    private static async Task<byte[]> SchemaAsync(Apache.Arrow.Schema schema)
    {
        var stream = new MemoryStream();
        using var writer = new ArrowStreamWriter(stream, schema, leaveOpen: true);
        await writer.WriteStartAsync();
        await writer.WriteEndAsync();
        return stream.ToArray();
    }

    private static Task StreamAsync(string path, params double[] distances) =>
        StreamAsync(path, [.. distances.Select(one => ("distance", one))]);

    private static async Task StreamAsync(string path, params (string Name, double Value)[] values)
    {
        var column = new DoubleArray.Builder().AppendRange(values.Select(one => one.Value)).Build();
        using var batch = new RecordBatch.Builder().Append(values[0].Name, true, column).Build();
        await WriteAsync(path, batch.Schema, batch);
    }

    private static async Task WriteAsync(string path, Apache.Arrow.Schema schema, params RecordBatch[] batches)
    {
        await using var file = File.Create(path);
        using var writer = new ArrowStreamWriter(file, schema);
        await writer.WriteStartAsync();
        foreach (var batch in batches)
        {
            await writer.WriteRecordBatchAsync(batch);
        }

        await writer.WriteEndAsync();
    }

    private static async Task<(long Rows, int Batches)> CountAsync(string path)
    {
        await using var file = File.OpenRead(path);
        using var reader = new ArrowFileReader(file);
        var (rows, batches) = (0L, await reader.RecordBatchCountAsync());
        while (await reader.ReadNextRecordBatchAsync() is { } batch)
        {
            rows += batch.Length;
            batch.Dispose();
        }

        return (rows, batches);
    }
}
