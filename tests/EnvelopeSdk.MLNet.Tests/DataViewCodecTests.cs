using EnvelopeSdk.MLNet.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tests;

public class DataViewCodecTests
{
    private static readonly MLContext Context = new(seed: 1);

    [Fact]
    public void Columns_of_every_type_come_back_with_their_types_and_values()
    {
        var view = Context.Data.LoadFromEnumerable(
        [
            new Everything { Text = "é", Time = new(2024, 2, 29), Moment = new(2024, 5, 31, 13, 45, 0, TimeSpan.FromHours(2)), Span = TimeSpan.FromTicks(1), Vector = [1, float.NaN], Words = ["a", ""], Key = 3 },
            new Everything { Flag = true, Int8 = sbyte.MinValue, UInt8 = 255, Int16 = short.MinValue, UInt16 = 65535, Int32 = int.MinValue, UInt32 = uint.MaxValue, Int64 = long.MinValue, UInt64 = ulong.MaxValue, Single = float.NaN, Double = double.NaN },
        ]);

        var codec = new DataViewCodec();
        var back = codec.FromData(codec.ToData(view));

        Assert.Equal(view.Schema.Select(column => (column.Name, column.Type)), back.Schema.Select(column => (column.Name, column.Type)));
        Assert.Equal(Rows(view), Rows(back));
        Assert.Equal(2, back.GetRowCount());
    }

    [Fact]
    public void Keys_come_back_as_the_same_keys_with_their_names()
    {
        var flats = Context.Data.LoadFromEnumerable([new Flat { District = "B" }, new Flat { District = "A" }, new Flat { District = "C" }]);
        var view = Context.Transforms.Conversion.MapValueToKey("Key", nameof(Flat.District)).Append(Context.Transforms.SelectColumns("Key")).Fit(flats).Transform(flats);
        var unknown = Context.Transforms.Conversion.MapValueToKey("Key", nameof(Flat.District)).Fit(Context.Data.TakeRows(flats, 2)).Transform(flats);

        var codec = new DataViewCodec();
        var back = codec.FromData(codec.ToData(view));

        Assert.Equal(view.Schema["Key"].Type, back.Schema["Key"].Type);
        Assert.Equal(["B", "A", "C"], Names(back));
        Assert.Equal([1u, 2u, 3u], Keys(back));
        Assert.Equal([1u, 2u, 0u], Keys(codec.FromData(codec.ToData(Context.Transforms.SelectColumns("Key").Fit(unknown).Transform(unknown)))));
    }

    [Fact]
    public void A_trained_pipeline_takes_the_rows_and_gives_the_same_bits()
    {
        var pipeline = Training.Train();
        var codec = new DataViewCodec();
        var back = codec.FromData(codec.ToData(Training.Data));

        Assert.Equal(Scores(pipeline.Transform(Training.Data)), Scores(pipeline.Transform(back)));
        Assert.Equal(500, codec.ToData(pipeline.Transform(back)).RowCount);
    }

    [Fact]
    public void A_hidden_column_is_left_out_and_the_one_that_hides_it_is_taken()
    {
        var flats = Context.Data.LoadFromEnumerable([new Flat { Area = 2 }, new Flat { Area = 4 }]);
        var view = Context.Transforms.NormalizeMinMax(nameof(Flat.Area)).Fit(flats).Transform(flats);
        Assert.True(view.Schema.Count > 4);

        var data = new DataViewCodec().ToData(view);

        Assert.Equal(["Area", "District", "Floor", "Label"], data.Columns.Select(column => column.Name).Order(StringComparer.Ordinal));
        Assert.Equal([0.5f, 1], ((EnvelopeSdk.Tables.TableColumn<float>)data.Columns.Single(column => column.Name == "Area")).Items.ToArray());
    }

    [Fact]
    public void A_column_that_cannot_be_served_is_refused_by_name_with_the_cure()
    {
        var flats = Context.Data.LoadFromEnumerable([new Flat { District = "A B" }]);
        var tokens = Context.Transforms.Text.TokenizeIntoWords("Words", nameof(Flat.District)).Fit(flats).Transform(flats);
        var hashed = Context.Transforms.Conversion.Hash("Hash", nameof(Flat.District)).Fit(flats).Transform(flats);

        Assert.StartsWith("The column 'Words' of the data view (Vector<String>) holds vectors whose length is not known, so it cannot be served.", Refusal(tokens), StringComparison.Ordinal);
        Assert.Contains("'Hash'", Refusal(hashed), StringComparison.Ordinal);
        Assert.Contains("SelectColumns", Refusal(hashed), StringComparison.Ordinal);
    }

    [Fact]
    public void Cursors_are_independent_and_end_for_good()
    {
        var codec = new DataViewCodec();
        var view = codec.FromData(codec.ToData(Training.Data));
        using var first = view.GetRowCursor(view.Schema);
        using var second = view.GetRowCursor([view.Schema["Area"]]);
        while (first.MoveNext())
        {
        }

        Assert.False(first.MoveNext());
        Assert.True(second.MoveNext());
        Assert.Equal(0, second.Position);
        Assert.Throws<InvalidOperationException>(() => second.GetGetter<float>(view.Schema["Floor"]));
        Assert.Throws<InvalidOperationException>(() => second.GetGetter<int>(view.Schema["Area"]));
    }

    private static string Refusal(IDataView view) => Assert.Throws<EnvelopeException>(() => new DataViewCodec().ToData(view)).Message;

    private static List<string> Rows(IDataView view) =>
        [.. Context.Data.CreateEnumerable<Everything>(view, reuseRowObject: false).Select(row => System.Text.Json.JsonSerializer.Serialize(row, Everything.Json))];

    private static List<int> Scores(IDataView view) => [.. view.GetColumn<float>("Score").Select(BitConverter.SingleToInt32Bits)];

    private static List<uint> Keys(IDataView view) => [.. view.GetColumn<uint>("Key")];

    private static List<string> Names(IDataView view) =>
        [.. Context.Transforms.Conversion.MapKeyToValue("Name", "Key").Fit(view).Transform(view).GetColumn<string>("Name")];
}
