namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>A training project with a framework of its own, whose tables have columns of numbers, some of them missing.</summary>
internal static class TableModel
{
    private const string Framework =
        """
        using System.Linq; using System.Threading; using System.Threading.Tasks; using EnvelopeSdk.Authoring; using EnvelopeSdk.Tables;
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

    /// <summary>Compiles a model.</summary>
    /// <param name="method">Its predict method.</param>
    /// <param name="calls">Of the methods that record examples; <see cref="CompiledModel.RunScript"/> gives what the only one gives, or a list.</param>
    public static CompiledModel Of(string method, params string[] calls) => CompiledModel.Of(Framework +
        $$"""
        [EnvelopeModel("test")]
        public partial class Model
        {
            [Predict] public {{method}}
        }

        public static class Script { public static object? Run() => {{(calls.Length == 1 ? "new Model()." + calls[0] : $"new PredictionExample[] {{ {string.Join(", ", calls.Select(call => "new Model()." + call))} }}")}}; }
        """);
}
