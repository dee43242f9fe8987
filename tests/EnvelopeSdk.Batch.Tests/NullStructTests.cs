using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Structures of Arrow that are null, whose fields have values all the same, as pyarrow writes them.</summary>
public sealed class NullStructTests
{
    private static readonly StructType Part = new(
        [new("a", Int64Type.Default, nullable: true), new("b", StringType.Default, nullable: true), new("c", new StructType([new("d", Int32Type.Default, nullable: true)]), nullable: true)]);

    [Theory]
    [InlineData("parquet"), InlineData("csv"), InlineData("jsonl"), InlineData("arrow")]
    public async Task Rows_behind_one_that_is_null_keep_their_own_values(string ending)
    {
        using var job = await RidesJob.StartAsync();
        await WriteAsync(job.At("in.arrow"), new("part", Part, nullable: true), Parts());
        await RunAsync(job, "in.arrow", $"out.{ending}");

        if (ending == "arrow") // which no query reads
        {
            await RunAsync(job, "out.arrow", "again.parquet", "second");
        }

        var read = ending switch { "parquet" => "'out.parquet'", "arrow" => "'again.parquet'", _ => $"'out.{ending}'" };
        Assert.Equal(
            ["null", "1 x 10", "2 y 20", "null", "4 w 40"],
            Texts(job, ending == "csv"
                ? $"SELECT coalesce(json_extract_string(part, '$.a') || ' ' || json_extract_string(part, '$.b') || ' ' || json_extract_string(part, '$.c.d'), 'null') FROM read_csv({At(job, read)}, types = {{'part': 'JSON'}})"
                : $"SELECT coalesce(part.a || ' ' || part.b || ' ' || part.c.d, 'null') FROM {At(job, read)}"));
    }

    [Fact]
    public async Task Items_behind_one_that_is_null_keep_their_own_values()
    {
        using var job = await RidesJob.StartAsync();
        var list = new ListType(new Field("item", Part, nullable: true));
        var offsets = new ArrowBuffer.Builder<int>().AppendRange([0, 2, 2, 4, 5, 5]).Build();
        await WriteAsync(job.At("in.arrow"), new("part", list, nullable: true), new ListArray(list, 5, offsets, Parts(), ArrowBuffer.Empty));

        await RunAsync(job, "in.arrow", "out.parquet");

        Assert.Equal(
            ["null,1", "", "2,null", "4", ""],
            Texts(job, $"SELECT array_to_string(list_transform(part, one -> coalesce(one.a::VARCHAR, 'null')), ',') FROM '{job.At("out.parquet")}'"));
    }

    private static Task<Runs.RunManifest> RunAsync(RidesJob job, string input, string output, string? answer = null) => job.RunAsync(new()
    {
        Input = job.At(input),
        Output = job.At(output),
        Query = "usual",
        Answer = answer ?? "prediction",
    });

    private static string At(RidesJob job, string quoted) => $"'{job.At(quoted.Trim('\''))}'";

    private static IReadOnlyList<string> Texts(RidesJob job, string sql)
    {
        using var tables = new Tables.DuckTables(job.At("spill"), 256, 2);
        return tables.Texts(sql);
    }

    /// <summary>The first and the fourth are null; each field has a value in all five.</summary>
    private static StructArray Parts()
    {
        var inner = (StructType)Part.Fields[2].DataType;
        var d = new Int32Array.Builder().AppendRange([0, 10, 20, 30, 40]).Build();
        return new(
            Part, 5,
            [
                new Int64Array.Builder().AppendRange([0, 1, 2, 3, 4]).Build(),
                new StringArray.Builder().AppendRange(["v", "x", "y", "z", "w"]).Build(),
                new StructArray(inner, 5, [d], ArrowBuffer.Empty, 0),
            ],
            new ArrowBuffer.Builder<byte>().Append(0b10110).Build(), 2);
    }

    private static async Task WriteAsync(string path, Field field, IArrowArray values)
    {
        var distances = new DoubleArray.Builder().AppendRange([1, 2, 3, 4, 5]).Build();
        var schema = new Apache.Arrow.Schema([new("distance", DoubleType.Default, nullable: false), field], null);
        await using var file = File.Create(path);
        using var writer = new ArrowStreamWriter(file, schema);
        await writer.WriteRecordBatchAsync(new(schema, [distances, values], 5));
        await writer.WriteEndAsync();
    }
}
