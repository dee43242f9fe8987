using System.Text;
using System.Text.Json;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.MLNet.Tables;
using EnvelopeSdk.Tables;
using Microsoft.Data.Analysis;

namespace EnvelopeSdk.MLNet.Tests;

public class DataFrameCodecTests
{
    public static TheoryData<DataFrameColumn, string> Columns => new()
    {
        { new BooleanDataFrameColumn("x", [true, null, false]), "[true,null,false]" },
        { new SByteDataFrameColumn("x", [sbyte.MinValue, null, 1]), "[-128,null,1]" },
        { new ByteDataFrameColumn("x", [byte.MaxValue, null, 1]), "[255,null,1]" },
        { new Int16DataFrameColumn("x", [short.MinValue, null, 1]), "[-32768,null,1]" },
        { new UInt16DataFrameColumn("x", [ushort.MaxValue, null, 1]), "[65535,null,1]" },
        { new Int32DataFrameColumn("x", [int.MinValue, null, 1]), "[-2147483648,null,1]" },
        { new UInt32DataFrameColumn("x", [uint.MaxValue, null, 1]), "[4294967295,null,1]" },
        { new Int64DataFrameColumn("x", [long.MinValue, null, 1]), "[-9223372036854775808,null,1]" },
        { new UInt64DataFrameColumn("x", [ulong.MaxValue, null, 1]), "[18446744073709551615,null,1]" },
        { new SingleDataFrameColumn("x", [0.1f, null, float.MaxValue]), "[0.1,null,3.4028235E+38]" },
        { new DoubleDataFrameColumn("x", [0.1, null, double.Epsilon]), "[0.1,null,5E-324]" },
        { new DecimalDataFrameColumn("x", [1.10m, null, decimal.MaxValue]), "[1.10,null,79228162514264337593543950335]" },
        { new CharDataFrameColumn("x", ['a', null, 'é']), """["a",null,"é"]""" },
        { new StringDataFrameColumn("x", ["", null!, "é"]), """["",null,"é"]""" },
        { new DateTimeDataFrameColumn("x", [new DateTime(2024, 2, 29), null, new DateTime(2024, 5, 31, 13, 45, 0, DateTimeKind.Utc)]), """["2024-02-29T00:00:00",null,"2024-05-31T13:45:00Z"]""" },
        { new VBufferDataFrameColumn<float>("x", [new(2, [1, 0.5f]), new(2, 1, [7f], [1])]), "[[1,0.5],[0,7]]" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_of_every_class_comes_back_as_that_class_with_the_same_values(DataFrameColumn column, string json)
    {
        ArgumentNullException.ThrowIfNull(column);
        var codec = new DataFrameCodec();

        var data = codec.ToData(new DataFrame(column));
        var back = codec.FromData(data).Columns.Single();

        Assert.Equal(json, Values(data));
        Assert.Equal(column.GetType(), back.GetType());
        Assert.Equal(json, Values(codec.ToData(new DataFrame(back))));
        Assert.Equal(column.NullCount, back.NullCount);
    }

    [Fact]
    public void A_frame_keeps_its_columns_in_order_with_names_of_any_kind()
    {
        var frame = new DataFrame(new DoubleDataFrameColumn("Weight (ct)", [0.5, 1]), new StringDataFrameColumn("çut \"quality\"", ["Ideal", null!]));

        Assert.Equal("""[{"Weight (ct)":0.5,"çut \"quality\"":"Ideal"},{"Weight (ct)":1,"çut \"quality\"":null}]""", Rows(new DataFrameCodec().ToData(frame)));
    }

    [Fact]
    public void A_column_that_cannot_be_served_is_refused_by_name()
    {
        var guids = new DataFrame(new PrimitiveDataFrameColumn<Guid>("id", [Guid.Empty]));
        var empty = new DataFrame(new VBufferDataFrameColumn<float>("features", [default]));
        var uneven = new DataFrame(new VBufferDataFrameColumn<float>("features", [new(2, [1, 2]), new(1, [1])]));

        Assert.Contains("'id'", Assert.Throws<EnvelopeException>(() => new DataFrameCodec().ToData(guids)).Message, StringComparison.Ordinal);
        Assert.Contains("'features'", Assert.Throws<EnvelopeException>(() => new DataFrameCodec().ToData(uneven)).Message, StringComparison.Ordinal);
        Assert.Contains("'features'", Assert.Throws<EnvelopeException>(() => new DataFrameCodec().ToData(empty)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_without_rows_keeps_its_columns()
    {
        var codec = new DataFrameCodec();

        var data = codec.ToData(new DataFrame(new DoubleDataFrameColumn("a", 0), new VBufferDataFrameColumn<float>("features", 0)));

        Assert.Equal(0, data.RowCount);
        Assert.Equal(["a", "features"], codec.FromData(data).Columns.Select(column => column.Name));
    }

    private static string Values(TableData data) =>
        $"[{string.Join(",", JsonElement.Parse(Rows(data)).EnumerateArray().Select(row => row.GetProperty("x").GetRawText()))}]";

    private static string Rows(TableData data)
    {
        var output = new JsonOutput();
        data.WriteRows(output);
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
