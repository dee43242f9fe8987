using System.Text;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tables;

namespace EnvelopeSdk.Tests.Tables;

public class TableBindingTests
{
    [Fact]
    public void Every_type_of_cells_is_read_as_it_was_written()
    {
        TableColumn[] columns =
        [
            Column(true), Column<sbyte>(-128), Column<byte>(255), Column<short>(-32768), Column<ushort>(65535), Column(int.MinValue), Column(uint.MaxValue), Column(long.MinValue), Column(ulong.MaxValue),
            Column(0.1f), Column(0.1), Column(1.10m), Column('é'), Column("\"é\""), Column(new DateTime(2024, 2, 29)), Column(new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(2))), Column(TimeSpan.FromTicks(1)),
        ];
        var table = new TableData(columns, 2);

        var read = Read(Bind(table), Json(table), out var errors);

        Assert.Equal("", errors);
        Assert.Equal(Json(table), Json(read));
        Assert.Equal(columns.Select(column => column.GetType()), read.Columns.Select(column => column.GetType()));
        Assert.All(read.Columns, column => Assert.True(column.HasNulls));
    }

    [Theory]
    [InlineData("""[{"x":[1,2]},{"x":[3,null]}]""", "")]
    [InlineData("""[{"x":[1]},{"x":[1,2,3]}]""", "/0/x: Expected an array of 2 items, got 1 item.\n/1/x: Expected an array of 2 items, got 3 items.")]
    [InlineData("""[{"x":[1,"a"]}]""", "/0/x/1: Expected a number, got a string.")]
    [InlineData("""[{"x":null},{"x":3}]""", "/0/x: Expected an array, got null.\n/1/x: Expected an array, got a number.")]
    public void A_vector_has_as_many_items_as_those_of_the_example(string json, string expected)
    {
        var vectors = new TableColumn<float>("x", width: 2);
        vectors.Add(1);
        vectors.AddNull();

        var read = Read(Bind(new TableData([vectors], 1)), json, out var errors);

        Assert.Equal(expected, errors);
        Assert.True(errors.Length > 0 || Json(read) == json, errors);
    }

    [Theory]
    [InlineData("""[{"x":"Good"},{"x":"Fair"}]""", "")]
    [InlineData("""[{"x":"good"}]""", "/0/x: Expected one of \"Fair\", \"Good\", got another value.")]
    [InlineData("""[{"x":1}]""", "/0/x: Expected a string, got a number.")]
    [InlineData("""[{"x":null}]""", "/0/x: Expected a string, got null.")]
    public void A_column_with_a_domain_has_no_other_values(string json, string expected)
    {
        var grades = new TableColumn<string>("x", domain: ["Fair", "Good"]);
        grades.Add("Good");

        var read = Read(Bind(new TableData([grades], 1)), json, out var errors);

        Assert.Equal(expected, errors);
        Assert.True(errors.Length > 0 || ((TableColumn<string>)read.Columns[0]).Domain!.SequenceEqual(["Fair", "Good"]));
    }

    [Fact]
    public void The_domain_of_a_column_that_may_miss_values_takes_null_and_a_vector_is_as_long_as_it_is()
    {
        var grades = new TableColumn<string>("grade", domain: ["Fair", "Good"]);
        grades.AddNull();
        var vectors = new TableColumn<float>("vector", width: 1);
        vectors.Add(1);
        var schema = Schema(new TableData([grades, vectors], 1));

        var row = new JsonSchemaWriter(schema, "#/").Arguments(schema.Queries[0])["properties"]!["rows"]!["items"]!;

        Assert.Equal("""{"type":["string","null"],"enum":["Fair","Good",null]}""", row["properties"]!["grade"]!.ToJsonString());
        Assert.Equal((1, 1), ((int)row["properties"]!["vector"]!["minItems"]!, (int)row["properties"]!["vector"]!["maxItems"]!));
        Assert.Equal("""["grade","vector"]""", row["required"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"x":1},{"x":null}]""", true)]
    [InlineData("[]", true)]
    [InlineData("""[{"x":"1"}]""", false)]
    [InlineData("[{}]", false)]
    [InlineData("""{"x":1}""", false)]
    public void Rows_in_a_documentation_comment_are_published_when_they_are_rows_of_the_table(string example, bool published)
    {
        var schema = Schema(new TableData([Column(1)], 2));
        var query = schema.Queries[0];

        var rows = new JsonSchemaWriter(schema, "#/").Arguments(query with { Parameters = [query.Parameters[0] with { Example = example }] })["properties"]!["rows"]!;

        Assert.Equal(published ? $"[{example}]" : null, rows["examples"]?.ToJsonString());
    }

    [Fact]
    public void Few_different_strings_are_told_and_many_are_not()
    {
        var few = new TableColumn<string>("few");
        var many = new TableColumn<string>("many");
        for (var row = 0; row < 40; row++)
        {
            few.Add(row % 2 == 0 ? "b" : "a");
            many.Add($"{row}");
        }

        var columns = Schema(new TableData([few, many], 40)).Queries[0].Parameters[0].Type.Columns!;

        Assert.Equal(["a", "b"], columns[0].Seen!);
        Assert.Null(columns[1].Seen);
        Assert.Equal("""[{"few":"c","many":"x"}]""", Json(Read(Bind(new TableData([few, many], 40)), """[{"few":"c","many":"x"}]""", out _)));
    }

    [Fact]
    public void More_columns_than_a_word_has_bits_are_counted_each()
    {
        var columns = Enumerable.Range(0, 130).Select(i => Column($"c{i}", i)).ToList();
        var table = new TableData(columns, 2);
        var json = Json(table);

        Assert.Equal(json, Json(Read(Bind(table), json, out _)));
        Read(Bind(table), json.Replace("\"c127\":127,", "", StringComparison.Ordinal).Replace("\"c64\"", "\"c63\"", StringComparison.Ordinal), out var errors);
        Assert.Equal(
            ["/0/c63: Expected the member once, got it again.", "/0/c64: Expected a value, got nothing: the member is missing.", "/0/c127: Expected a value, got nothing: the member is missing."],
            errors.Split('\n').Take(3));
    }

    [Fact]
    public void A_table_cannot_have_two_columns_of_one_name_or_vectors_of_a_length_that_nobody_told()
    {
        Assert.Contains("'x'", Assert.Throws<EnvelopeException>(() => new TableData([Column(1), Column(2)], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("'x'", Assert.Throws<EnvelopeException>(() => Schema(new TableData([new TableColumn<int>("x", width: 0)], 0))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TableData([Column(1)], 3));
        Assert.Throws<NotSupportedException>(() => new TableColumn<Uri>("x"));
    }

    private static TableColumn Column<T>(T value)
        where T : notnull => Column(typeof(T).Name is var name && value is int ? "x" : name, value);

    private static TableColumn Column<T>(string name, T value)
        where T : notnull
    {
        var column = new TableColumn<T>(name);
        column.Add(value);
        column.AddNull();
        return column;
    }

    private static TableBinding<TableData> Bind(TableData example) => new(Schema(example).Queries[0], "rows", new Itself());

    private static ModelSchema Schema(TableData example)
    {
        var table = new TypeSchema { Kind = TypeKind.Table };
        var query = new QuerySchema { Name = "predict", Parameters = [new() { Name = "rows", Type = table, Required = true }], Returns = table, Recorder = "PredictExample" };
        var recorded = PredictionExample.Record("predict", PredictionExample.Arguments(example.WriteRows), example.WriteRows).WithTable("rows", example).WithTable(null, example);
        return FrozenColumns.AddTo(new ModelSchema { Vocabulary = ModelSchema.CurrentVocabulary, Fingerprint = "", Queries = [query], Types = [] }, [recorded]);
    }

    private static TableData Read(TableBinding<TableData> binding, string json, out string errors)
    {
        var found = new BindingErrors();
        var table = JsonInput.Read(Encoding.UTF8.GetBytes(json), found, binding.Read)!;
        errors = string.Join("\n", Enumerable.Range(0, found.Count).Select(i => found[i]));
        return table;
    }

    private static string Json(TableData table)
    {
        var output = new JsonOutput();
        table.WriteRows(output);
        return Encoding.UTF8.GetString(output.Written.Span);
    }

    /// <summary>A framework whose tables are those of the SDK.</summary>
    private sealed class Itself : ITableCodec<TableData>
    {
        public TableData ToData(TableData table) => table;

        public TableData FromData(TableData data) => data;
    }
}
