using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Streams of Arrow record batches that are answered.</summary>
public sealed class WorkerTests
{
    private static readonly BatchOptions Predict = new() { Query = "predict" };

    [Fact]
    public void A_worker_whose_model_answers_no_recorded_example_says_so_before_a_row_and_one_that_answers_some_does_not()
    {
        var example = new PredictionExample("predict", default, default);
        ReplayedExample[] failed = [new(example, null, new DllNotFoundException("flat")), new(example, null, new DllNotFoundException("flat"))];

        var failure = Assert.Throws<EnvelopeException>(() => ArrowWorker.EnsureWorks(failed, 2));
        ArrowWorker.EnsureWorks(failed, 3);
        ArrowWorker.EnsureWorks([failed[0], new(example, "1", null)], 2);
        ArrowWorker.EnsureWorks([], 0);

        Assert.StartsWith("The model answers none of its 2 recorded examples here (DllNotFoundException)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_called_as_a_column_of_faults_is_refused()
    {
        using var job = await RidesJob.StartAsync();
        var input = Stream(Batch(("distance", Doubles(1)), ("passengers", Ints(1))));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => AnswerAsync(job, input, Predict with { Answer = "fault_reason" }, keepsBad: true));

        Assert.Contains("The answer has a column 'fault_reason', which --keep-bad has too.", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await AnswerAsync(job, input, Predict with { Answer = "fault_reason" })); // which has none beside it
    }

    [Fact]
    public async Task Each_batch_of_a_stream_becomes_one_with_its_answers()
    {
        using var job = await RidesJob.StartAsync();
        var zones = new StringArray.Builder().Append("007").AppendNull().Append("x").Build();
        var input = Stream(Batch(("distance", Doubles(1.5, 2.5, 3)), ("passengers", Ints(2, 3, 1)), ("zone", zones)), twice: true);

        var answered = await AnswerAsync(job, input, Predict);

        Assert.Equal(2, answered.Count);
        Assert.All(answered, rows =>
        {
            Assert.Equal(["distance", "passengers", "zone", "prediction"], rows.Schema.FieldsList.Select(one => one.Name));
            Assert.Equal([9, 9, 9], ((DoubleArray)rows.Column("prediction")).Values.ToArray());
            Assert.Equal("007", ((StringArray)rows.Column("zone")).GetString(0));
        });
    }

    [Fact]
    public async Task Answers_of_several_parts_are_columns_lists_and_dates()
    {
        using var job = await RidesJob.StartAsync();
        var ride = new StructArray(
            new StructType([new("distance", DoubleType.Default, true), new("passengers", Int32Type.Default, true)]), 2,
            [Doubles(1.5, 2), Ints(1, 2)], ArrowBuffer.Empty);

        var rows = Assert.Single(await AnswerAsync(job, Stream(Batch(("ride", ride))), new() { Query = "quote", Key = ["ride"] }));

        Assert.Equal(["ride", "price", "currency", "parts", "payment", "day"], rows.Schema.FieldsList.Select(one => one.Name));
        var parts = (ListArray)rows.Column("parts");
        Assert.Equal([2, 2], ((DoubleArray)parts.GetSlicedValues(1)).Values.ToArray());
        Assert.Equal("EUR", ((StringArray)rows.Column("currency")).GetString(1));
        Assert.Equal(2, rows.Column("day").NullCount);
        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(i => rows.Column("price").IsNull(i) ? 0 : i == 0 ? 1 : 0));
    }

    [Fact]
    public async Task Rows_that_cannot_be_answered_end_the_stream_or_are_kept_with_the_reason()
    {
        using var job = await RidesJob.StartAsync();
        byte[] Input() => Stream(Batch(("distance", Doubles(1, -5, 13)), ("passengers", Ints(1, 1, 1))), twice: true);

        var rows = (await AnswerAsync(job, Input(), Predict, keepsBad: true))[1];
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, Input(), Predict));

        Assert.Equal("distance", ((StringArray)rows.Column("fault_column")).GetString(1));
        Assert.Equal("the model refuses it: thirteen is not driven", ((StringArray)rows.Column("fault_reason")).GetString(2));
        Assert.Equal([false, true, true], Enumerable.Range(0, 3).Select(rows.Column("prediction").IsNull));
        Assert.True(rows.Column("fault_reason").IsNull(0));
        Assert.StartsWith("Row 2 cannot be answered: in the column 'distance'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_takes_a_table_answers_each_row_of_a_batch()
    {
        using var job = await RidesJob.StartAsync();
        const int Count = 200_000; // more JSON than is read at once
        var zones = new StringArray.Builder().AppendRange(Enumerable.Repeat("somewhere", Count)).Build();
        var numbers = Enumerable.Range(0, Count).ToArray();
        var input = Stream(Batch(("distance", Doubles([.. numbers.Select(one => one % 1000 == 5 ? 13 : 1.5)])), ("passengers", Ints(numbers)), ("zone", zones)));

        var answered = await AnswerAsync(job, input, new() { Input = "", Output = "", Query = "table" }, keepsBad: true);

        var rows = Assert.Single(answered);
        var prices = (DoubleArray)rows.Column("price");
        Assert.Equal(
            numbers.Select(one => one % 1000 == 5 ? (double?)null : 3 + one + 9 + 1), numbers.Select(prices.GetValue));
        Assert.Equal("EUR", ((StringArray)rows.Column("currency")).GetString(Count - 1));
        Assert.Equal("the model refuses it: thirteen is not driven", ((StringArray)rows.Column("fault_reason")).GetString(5));
    }

    [Theory]
    [InlineData("rare", "byte", "255", "int16", "uint8"), InlineData("rare", "short", "65535", "int32", "uint16")]
    [InlineData("rare", "word", "4294967295", "int64", "uint32"), InlineData("echo", "unsigned", "18446744073709551615", "decimal128(20, 0)", "uint64")]
    [InlineData("echo", "whole", "-1", "int32", "int32")]
    public async Task Answers_without_a_sign_can_be_columns_with_one(string query, string member, string value, string signed, string own)
    {
        using var job = await RidesJob.StartAsync();
        var schema = (await job.OpenAsync()).Content.Record.Schema;

        foreach (var (isSigned, expected) in new[] { (true, signed), (false, own) })
        {
            var column = new AnswerTypes(schema, isSigned).Of(schema.Queries.First(one => one.Name == query), "answer", out _)
                .Single(one => one.Name == member).Values;
            var target = new ArrowTarget(column.Type, 3);
            foreach (var json in (string[])[value, "null", "1"])
            {
                var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
                reader.Read();
                column.Append(ref reader);
            }

            column.MoveTo(target);
            var array = ArrowArrayFactory.BuildArray(target.Build());

            Assert.Equal(expected, ArrowTypes.Of(array.Data.DataType).Name);
            Assert.Equal([value, null, "1"], Enumerable.Range(0, 3).Select(row => Shown(array, row)));
        }
    }

    private static string? Shown(IArrowArray array, int row) => array switch
    {
        Decimal128Array decimals => decimals.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        UInt64Array longs => longs.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        UInt32Array words => words.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        UInt16Array shorts => shorts.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        UInt8Array bytes => bytes.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        Int64Array longs => longs.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        Int32Array words => words.GetValue(row)?.ToString(CultureInfo.InvariantCulture),
        _ => ((Int16Array)array).GetValue(row)?.ToString(CultureInfo.InvariantCulture),
    };

    [Fact]
    public async Task All_that_is_wrong_with_the_columns_is_said_before_a_row_is_read()
    {
        using var job = await RidesJob.StartAsync();
        var input = Stream(Batch(("distanse", Doubles(1)), ("passengers", Doubles(1))));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains("distance: There is no column 'distance'; the nearest is 'distanse'.", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "passengers: It takes int32, and the column has double, which would be rounded. If that is meant, cast it where that is written",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_torn_or_empty_or_goes_on_behind_its_end_is_no_stream()
    {
        using var job = await RidesJob.StartAsync();
        var whole = Stream(Batch(("distance", Doubles([.. Enumerable.Repeat(1.0, 1000)])), ("passengers", Ints([.. new int[1000]]))));

        foreach (var input in (byte[][])[[], whole[..20], whole[..(whole.Length / 2)], whole[..^8], whole[..^4], [1, 2, 3, 4, 5, 6, 7, 8, 9], [.. whole, .. whole], [.. whole, 0]])
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));
            Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        }
    }

    [Theory]
    [InlineData(8), InlineData(16)]
    public async Task A_stream_that_is_cut_behind_values_that_look_as_the_mark_of_its_end_is_torn(int rows)
    {
        using var job = await RidesJob.StartAsync();
        var longs = new Int64Array.Builder().AppendRange(Enumerable.Repeat((long)uint.MaxValue, rows)).Build();
        var whole = Stream(Batch(("distance", Doubles(new double[rows])), ("passengers", Ints(new int[rows])), ("n", longs)), twice: true);
        var batch = (whole.Length - 8 - BitConverter.ToInt32(whole, 4) - 8) / 2;
        var cut = whole[..^(8 + batch)];
        Assert.Equal(whole[^8..], cut[^8..]);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, cut, Predict));

        Assert.Contains("it ends without the mark of its end", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await AnswerAsync(job, whole, Predict)).Count);
    }

    [Fact]
    public async Task A_file_of_Arrow_is_told_from_a_stream_that_is_torn()
    {
        using var job = await RidesJob.StartAsync();
        await job.RunAsync(new() { Input = job.Table("SELECT 1.5::DOUBLE AS distance, 1 AS passengers"), Output = job.At("out.arrow"), Query = "usual" });

        var failure = await Assert.ThrowsAsync<EnvelopeException>(async () => await AnswerAsync(job, await File.ReadAllBytesAsync(job.At("out.arrow")), Predict));

        Assert.Contains("it is a file of record batches (ARROW1), and not a stream of them. Send one of the IPC streaming format.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_prints_does_not_print_among_its_answers()
    {
        using var job = await RidesJob.StartAsync();
        var input = Stream(Batch(("distance", Doubles(1, 2)), ("passengers", Ints(1, 2))));
        using var worker = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", typeof(RidesProgram).Assembly.Location, job.At("envelope"), RidesProgram.PrintingWorker, "--query", "predict"])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = worker.StandardError.ReadToEndAsync();
        await worker.StandardInput.BaseStream.WriteAsync(input);
        worker.StandardInput.Close();

        using var reader = new ArrowStreamReader(worker.StandardOutput.BaseStream);
        using var answers = reader.ReadNextRecordBatch();
        await worker.WaitForExitAsync();

        Assert.Equal(0, worker.ExitCode);
        Assert.Equal(2, answers.Length);
        Assert.Equal(["said by a program", "said by the model"], (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_stream_whose_columns_have_less_than_they_say_is_torn()
    {
        using var job = await RidesJob.StartAsync();
        var places = ArrowArrayFactory.BuildArray(new ArrayData(
            new DictionaryType(Int32Type.Default, StringType.Default, false), 100, 0, 0, [ArrowBuffer.Empty, new(new byte[4])], null,
            new StringArray.Builder().Append("a").Build().Data));
        RecordBatch[] torn =
        [
            Batch(("distance", Doubles(new double[100])), ("passengers", Ints(new int[100])), ("zone", places)),
            Batch(("distance", Doubles(new double[100])), ("passengers", Ints(1))),
        ];

        var two = Stream(torn[1]);
        var one = Stream(Batch(("distance", Doubles(new double[100]))));

        foreach (var input in (byte[][])[.. torn.Select(rows => Stream(rows)), [.. two[..AfterSchema(two)], .. one[AfterSchema(one)..]]])
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));
            Assert.Equal(EnvelopeError.Unavailable, failure.Error);
            Assert.Contains("no whole Arrow stream", failure.Message, StringComparison.Ordinal);
        }

        // A message is a mark of four bytes, its length in four more, and itself.
        static int AfterSchema(byte[] stream) => 8 + BitConverter.ToInt32(stream, 4);
    }

    [Fact]
    public async Task Arrays_that_begin_within_their_buffers_are_read_from_there()
    {
        using var job = await RidesJob.StartAsync();
        var zones = new StringArray.Builder().Append("a").AppendNull().Append("ccc").AppendNull().Append("ee").Build();
        var rows = Batch(("distance", Doubles(0, 1, 2, 3, 4)), ("passengers", Ints(0, 1, 2, 3, 4)), ("zone", zones));
        using var cut = new RecordBatch(rows.Schema, rows.Arrays.Select(one => ArrowArrayFactory.Slice(one, 1, 3)), 3);
        var model = await job.OpenAsync();
        await model.LoadAsync([], default);
        using var vector = ArrowVector.Of(cut.Column(2).Data, ArrowTypes.Of(StringType.Default));
        using var numbers = ArrowVector.Of(cut.Column(1).Data, ArrowTypes.Of(Int32Type.Default));

        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(vector.IsNull));
        Assert.Equal("ccc"u8.ToArray(), vector.Bytes(1).ToArray());
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(numbers.Read<int>));
    }

    [Fact]
    public void A_place_in_a_dictionary_without_a_value_is_no_value()
    {
        var words = new StringArray.Builder().Append("a").AppendNull().Append("ccc").Build();
        var places = new Int8Array.Builder().Append(2).AppendNull().Append(1).Append(0).Build();
        using var array = new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false), places, words);

        foreach (var (one, from) in new[] { (array.Data, 0), (array.Data.Slice(1, 3), 1) })
        {
            using var vector = ArrowVector.Of(one, ArrowTypes.Of(array.Data.DataType));

            Assert.Equal(((bool[])[false, true, true, false])[from..], Enumerable.Range(0, 4 - from).Select(vector.IsNull));
            Assert.Equal("a"u8.ToArray(), vector.Bytes(3 - from).ToArray());
        }
    }

    [Fact]
    public async Task Strings_by_their_place_in_a_dictionary_are_kept_as_strings()
    {
        using var job = await RidesJob.StartAsync();
        var zones = new DictionaryArray(
            new DictionaryType(Int32Type.Default, StringType.Default, false), Ints(1, 0, 1),
            new StringArray.Builder().Append("a").Append("bb").Build());
        var input = Stream(Batch(("distance", Doubles(1, 1, 1)), ("passengers", Ints(1, 1, 1)), ("zone", zones)), twice: true);

        var answered = await AnswerAsync(job, input, Predict);

        Assert.Equal(2, answered.Count);
        Assert.All(answered, rows =>
        {
            Assert.Equal(["bb", "a", "bb"], Enumerable.Range(0, 3).Select(i => ((StringArray)rows.Column("zone")).GetString(i)));
            Assert.Equal([6, 5, 6], ((DoubleArray)rows.Column("prediction")).Values.ToArray());
        });
    }

    [Fact]
    public async Task A_dictionary_within_a_column_is_not_kept()
    {
        using var job = await RidesJob.StartAsync();
        var words = new DictionaryArray(
            new DictionaryType(Int32Type.Default, StringType.Default, false), Ints(0), new StringArray.Builder().Append("a").Build());
        var both = new StructArray(new StructType([new("word", words.Data.DataType, true)]), 1, [words], ArrowBuffer.Empty);
        var input = Stream(Batch(("distance", Doubles(1)), ("passengers", Ints(1)), ("both", both)));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));

        Assert.StartsWith("'both' has a dictionary", failure.Message, StringComparison.Ordinal);
        Assert.Single(await AnswerAsync(job, input, Predict with { Key = ["passengers"] }));
    }

    [Fact]
    public async Task Numbers_of_16_bits_are_kept_as_those_of_32_and_read()
    {
        using var job = await RidesJob.StartAsync();
        var halves = new ArrayData(
            FloatType.Default, 3, 1, 0, [new(new byte[] { 0b101 }), Halves((Half)1.5f, Half.NaN, Half.NegativeInfinity, default, default, default)]);
        var rows = Batch(("distance", Doubles(1, 1, 1)), ("passengers", Ints(1, 1, 1)), ("half", ArrowArrayFactory.BuildArray(halves)));

        var kept = Assert.Single(await AnswerAsync(job, AsHalves(rows), Predict));

        var values = Assert.IsType<FloatArray>(kept.Column("half"));
        Assert.Equal([1.5f, null, float.NegativeInfinity], Enumerable.Range(0, 3).Select(values.GetValue));
        Assert.Equal([4, 4, 4], ((DoubleArray)kept.Column("prediction")).Values.ToArray());
    }

    [Fact]
    public async Task Numbers_of_16_bits_within_a_column_are_not_kept()
    {
        using var job = await RidesJob.StartAsync();
        var number = new FloatArray.Builder().Append(1).Build();
        var both = new StructArray(new StructType([new("half", FloatType.Default, true)]), 1, [number], ArrowBuffer.Empty);
        var input = AsHalves(Batch(("distance", Doubles(1)), ("passengers", Ints(1)), ("both", both)));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));

        Assert.Equal(
            (EnvelopeError.Invalid, "'both' has numbers of 16 bits within it, which cannot be kept. Keep others with --key, or cast it."),
            (failure.Error, failure.Message));
        Assert.Single(await AnswerAsync(job, input, Predict with { Key = ["passengers"] }));
    }

    [Fact]
    public async Task A_column_of_a_type_that_no_table_has_is_refused_where_it_is_kept()
    {
        using var job = await RidesJob.StartAsync();
        ArrayData Of(IArrowType type, int width) => new(type, 1, 0, 0, [ArrowBuffer.Empty, new(new byte[width])]);
        var union = new ArrayData(
            new UnionType([new Field("a", Int32Type.Default, true)], [0], UnionMode.Sparse), 1, 0, 0, [new(new byte[1])], [Ints(1).Data]);

        foreach (var array in (ArrayData[])[Of(new Decimal256Type(50, 2), 32), union])
        {
            var input = Stream(Batch(("distance", Doubles(1)), ("passengers", Ints(1)), ("other", ArrowArrayFactory.BuildArray(array))));

            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));

            Assert.Equal(EnvelopeError.Invalid, failure.Error);
            Assert.Contains("other: No file can keep ", failure.Message, StringComparison.Ordinal);
            Assert.Single(await AnswerAsync(job, input, Predict with { Key = ["passengers"] }));
        }
    }

    [Fact]
    public async Task Columns_of_types_that_are_not_read_are_named_with_what_they_are_to_be()
    {
        using var job = await RidesJob.StartAsync();
        var word = new StringArray.Builder().Append("a").Build();
        var both = new StructArray(new StructType([new("word", StringType.Default, true)]), 1, [word], ArrowBuffer.Empty);
        var input = As(Batch(("distance", Doubles(1)), ("passengers", Ints(1)), ("both", both)), StringType.Default, BinaryType.Default, 26);

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));

        Assert.Equal(
            (EnvelopeError.Invalid, "The input has columns of types that are not read: 'both.word' of large_list_view (cast it to list). Cast them when it is written."),
            (failure.Error, failure.Message));
    }

    [Fact]
    public async Task Kept_columns_are_not_called_as_those_of_faults()
    {
        using var job = await RidesJob.StartAsync();
        var reasons = new StringArray.Builder().Append("x").Build();
        var input = Stream(Batch(("distance", Doubles(1)), ("passengers", Ints(1)), ("fault_reason", reasons)));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict, keepsBad: true));

        Assert.Contains("fault_reason: Rows that cannot be answered have a column of this name.", failure.Message, StringComparison.Ordinal);
        Assert.Single(await AnswerAsync(job, input, Predict));
    }

    [Fact]
    public void Offsets_that_leave_their_buffers_are_refused()
    {
        static ArrayData Text(params int[] offsets) => new(
            StringType.Default, offsets.Length - 1, 0, 0,
            [ArrowBuffer.Empty, new(System.Runtime.InteropServices.MemoryMarshal.AsBytes(offsets.AsSpan()).ToArray()), new("abc"u8.ToArray())]);
        static void Read(ArrayData array)
        {
            using var vector = ArrowVector.Of(array, ArrowTypes.Of(StringType.Default));
        }

        Read(Text(0, 1, 3));
        Assert.All([Text(0, 4), Text(-1, 2), Text(2, 1, 3)], array => Assert.Throws<InvalidDataException>(() => Read(array)));
    }

    [Fact]
    public async Task Two_columns_of_one_name_are_refused()
    {
        using var job = await RidesJob.StartAsync();
        var input = Stream(Batch(("distance", Doubles(1)), ("passengers", Ints(1)), ("distance", Doubles(2))));

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, input, Predict));

        Assert.Equal((EnvelopeError.Invalid, "The stream has several columns 'distance'. Give them other names."), (failure.Error, failure.Message));
    }

    [Fact]
    public async Task The_schema_alone_can_be_asked_for()
    {
        using var job = await RidesJob.StartAsync();
        var output = new MemoryStream();

        await new ArrowWorker(await job.OpenAsync(), Predict, keepsBad: false).RunAsync(
            new MemoryStream(Stream(Batch(("distance", Doubles(-1)), ("passengers", Ints(1))))), output, isSchemaAlone: true, default);

        using var reader = new ArrowStreamReader(new MemoryStream(output.ToArray()));
        Assert.Null(reader.ReadNextRecordBatch());
        Assert.Equal("double", reader.Schema.GetFieldByName("prediction").DataType.Name);
    }

    private static ArrowBuffer Halves(params Half[] values) => new(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>Apache.Arrow 14 reads numbers of 16 bits and writes none: those of 32 become such, whose precision is 0.</summary>
    private static byte[] AsHalves(RecordBatch rows) => As(rows, FloatType.Default, DoubleType.Default, 0);

    /// <summary>Changes what a stream says of the type of a column: it lies where the schema of one of another type differs.</summary>
    private static byte[] As(RecordBatch rows, IArrowType type, IArrowType other, byte number)
    {
        Field Changed(Field field) => field.DataType switch
        {
            StructType one => new(field.Name, new StructType([.. one.Fields.Select(Changed)]), true),
            var own => own == type ? new(field.Name, other, true) : field,
        };
        static byte[] Header(IEnumerable<Field> fields)
        {
            var stream = new MemoryStream();
            using var writer = new ArrowStreamWriter(stream, new(fields, null), leaveOpen: true);
            writer.WriteStart();
            return stream.ToArray();
        }

        var stream = Stream(rows);
        var (before, after) = (Header(rows.Schema.FieldsList), Header(rows.Schema.FieldsList.Select(Changed)));
        stream[before.Zip(after).Index().First(one => one.Item.First != one.Item.Second).Index] = number;
        return stream;
    }

    private static DoubleArray Doubles(params double[] values) => new DoubleArray.Builder().AppendRange(values).Build();

    private static Int32Array Ints(params int[] values) => new Int32Array.Builder().AppendRange(values).Build();

    private static RecordBatch Batch(params (string Name, IArrowArray Values)[] columns) => new(
        new Apache.Arrow.Schema([.. columns.Select(one => new Field(one.Name, one.Values.Data.DataType, true))], null),
        columns.Select(one => one.Values), columns[0].Values.Length);

    private static byte[] Stream(RecordBatch rows, bool twice = false)
    {
        var bytes = new MemoryStream();
        using (var writer = new ArrowStreamWriter(bytes, rows.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(rows);
            if (twice)
            {
                writer.WriteRecordBatch(rows);
            }

            writer.WriteEnd();
        }

        return bytes.ToArray();
    }

    private static async Task<List<RecordBatch>> AnswerAsync(
        RidesJob job, byte[] input, BatchOptions options, bool keepsBad = false)
    {
        var output = new MemoryStream();
        await new ArrowWorker(await job.OpenAsync(), options, keepsBad)
            .RunAsync(new MemoryStream(input), output, isSchemaAlone: false, default);
        using var reader = new ArrowStreamReader(new MemoryStream(output.ToArray()));
        var all = new List<RecordBatch>();
        while (reader.ReadNextRecordBatch() is { } rows)
        {
            all.Add(rows);
        }

        return all;
    }
}
