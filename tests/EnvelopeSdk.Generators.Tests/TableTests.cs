using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Types that cannot say their columns, of a framework that the SDK does not know.</summary>
public class TableTests
{
    private const string Framework =
        """
        using System.Linq; using System.Threading.Tasks; using EnvelopeSdk.Authoring; using EnvelopeSdk.Tables;
        [assembly: TableCodec(typeof(Frame), typeof(FrameCodec))]
        public sealed class Frame
        {
            public Frame(params (string Name, double?[] Values)[] columns) => Columns = columns.ToDictionary(column => column.Name, column => column.Values);
            public Dictionary<string, double?[]> Columns { get; }
            public double?[] this[string name] { get => Columns[name]; set => Columns[name] = value; }
        }
        public sealed class FrameCodec : ITableCodec<Frame>
        {
            public TableData ToData(Frame table) => new([.. table.Columns.Select(ToColumn)], table.Columns.Values.First().Length);
            public Frame FromData(TableData data) => new([.. data.Columns.Cast<TableColumn<double>>().Select(column => (column.Name, Enumerable.Range(0, column.Count).Select(i => column.IsNull(i) ? (double?)null : column.Items[i]).ToArray()))]);
            private static TableColumn ToColumn(KeyValuePair<string, double?[]> pair)
            {
                var column = new TableColumn<double>(pair.Key);
                foreach (var value in pair.Value) { if (value is { } item) column.Add(item); else column.AddNull(); }
                return column;
            }
        }

        """;

    [Theory]
    [InlineData("Frame Predict(Frame rows) { rows[\"price\"] = rows[\"carat\"].Select(carat => 4000 * carat).ToArray(); rows.Columns.Remove(\"carat\"); return rows; }")]
    [InlineData("async Task<Frame> PredictAsync(Frame rows) { await Task.Yield(); return new Frame((\"price\", rows[\"carat\"].Select(carat => 4000 * carat).ToArray())); }")]
    public async Task A_table_is_recorded_as_rows_frozen_with_its_columns_and_served(string method)
    {
        var model = CompiledModel.Of(Framework + Model(method) + Script("new Frame((\"carat\", new double?[] { 0.5, 1 }))", method));
        var example = (PredictionExample)model.RunScript()!;
        Assert.Equal("""{"rows":[{"carat":0.5},{"carat":1}]}""", example.Input.GetRawText());
        Assert.Equal("""[{"price":2000},{"price":4000}]""", example.Output.GetRawText());

        var frozen = await model.FreezeAsync(example);
        var service = CompiledService.Of(model, frozen);
        Assert.Equal("""[{"price":1000},{"price":8000}]""", service.Answer("predict", """{"rows":[{"carat":0.25},{"carat":2}]}"""));
        Assert.Equal("/rows/1/carat: Expected a number, got a string.", service.Errors("predict", """{"rows":[{"carat":0.25},{"carat":"2"}]}"""));
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
    }

    private static string Model(string members) =>
        $$"""
        [EnvelopeModel("test")]
        public partial class Model
        {
            [Predict] public {{members}}
        }

        """;

    private static string Script(string arguments, string method = "") =>
        $"public static class Script {{ public static object Run() => new Model().PredictExample{(method.StartsWith("async", StringComparison.Ordinal) ? "Async" : "")}({arguments}){(method.StartsWith("async", StringComparison.Ordinal) ? ".Result" : "")}; }}";
}
