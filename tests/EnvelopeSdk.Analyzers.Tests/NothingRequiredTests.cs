using EnvelopeSdk.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Tests;

public class NothingRequiredTests
{
    private const string Row = "public class Row { public int X { get; set; } }";

    [Theory]
    [InlineData("public class [|Row|] { public int X { get; set; } }", "X")]
    [InlineData("public class [|Row|] { public int X { get; set; } public float Y { get; init; } }", "X and Y")]
    [InlineData("public class [|Row|] { public int X { get; set; } public float Y { get; set; } public DateTime Z { get; set; } }", "X, Y and Z")]
    [InlineData("public class [|Row|] { public int X { get; set; } public float Y { get; set; } public DateTime Z { get; set; } public bool A { get; set; } public Guid B { get; set; } }", "X, Y, Z and 2 more")]
    [InlineData("public struct [|Row|] { public bool X { get; set; } public int Y { get; } }", "X")]
    [InlineData("public record [|Row|] { public DayOfWeek X { get; init; } }", "X")]
    [InlineData("public record [|Row|](int A = 1) { public int X { get; init; } }", "X")]
    [InlineData("public class [|Row|] { [JsonInclude] public int X; }", "X")]
    [InlineData("public class [|Row|] { public string? Name { get; set; } public (int A, int B) X { get; set; } public int Y { get; set; } = 3; }", "X")]
    [InlineData("public class [|Row|] { public Row() { } public Row(int x) { X = x; } public int X { get; set; } }", "X")]
    [InlineData("public class [|Row|] { public int X { get; set => field = Math.Abs(value); } }", "X")]
    [InlineData("public class [|Row|] : Base; public class Base { public int X { get; set; } }", "X")]
    [InlineData("public class [|Row|] : Base { private string? X = null; } public class Base { public int X { get; set; } }", "X")]
    [InlineData("public partial class [|Row|] { public int X { get; set; } } public partial class Row { public string? Y { get; set; } }", "X")]
    [InlineData("public class [|Row|] { [JsonIgnore] public required string Name { get; set; } public int X { get; set; } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Row() { Name = \"\"; } }", "X")]
    public async Task An_input_that_is_zeros_without_its_members_is_reported_at_its_type(string declaration, string members)
    {
        var diagnostic = await ReportedAsync(declaration + Model("Row row"));
        Assert.Equal(
            $"'Row' requires no member, so {{}} is accepted, and leaves {members} zero; mark what a caller has to send as required, or with [JsonRequired] where something creates the type with new()",
            diagnostic.GetMessage(null));
    }

    [Fact]
    public async Task The_items_of_an_array_of_several_dimensions_are_looked_at() =>
        Assert.Equal("ENV0027", (await ReportedAsync("public class [|Row|] { public int X { get; set; } }" + Model("Row[,] rows"))).Id);

    [Theory]
    [InlineData("public record Row(int X) { public Row() : this(5) { } }")]
    [InlineData("public class Row { public required int X { get; set; } public int Y { get; set; } }")]
    [InlineData("public class Row { [JsonRequired] public int X { get; set; } public int Y { get; set; } }")]
    [InlineData("public class Row { [System.ComponentModel.DataAnnotations.Required] public string X { get; set; } = \"\"; public int Y { get; set; } }")]
    [InlineData("public class Row { [JsonInclude] public required int X; }")]
    [InlineData("public class Row { public int? X { get; set; } public string? Y { get; set; } }")]
    [InlineData("public class Row { public int X { get; set; } = 3; }")]
    [InlineData("public class Row { [JsonInclude] public int X = 3; }")]
    [InlineData("public class Row { public string X { get; set; } = \"\"; public int[] Y { get; set; } = []; public string Z { get; set; } = null!; }")]
    [InlineData("public class Row { public int X { get; } public int Y => 1; public static int Z { get; set; } [JsonIgnore] public int A { get; set; } }")]
    [InlineData("public class Row { private int _x = 3; public int X { get => _x; set => _x = value; } }")]
    [InlineData("public partial class Row { public partial int X { get; set; } } public partial class Row { private int _x = 3; public partial int X { get => _x; set => _x = value; } }")]
    [InlineData("public class Row { public Row() { X = 3; } public int X { get; set; } }")]
    [InlineData("public class Row { public Row() { this.X = 3; (Y, Z) = (1, 2); } public int X { get; set; } public int Y { get; set; } public int Z { get; set; } }")]
    [InlineData("public class Row { public Row() : this(3) { } private Row(int x) { X = x; } public int X { get; set; } }")]
    [InlineData("public class Row : Base; public class Base { public Base() => X = 3; public int X { get; set; } }")]
    [InlineData("public class Row { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int X { get; set; } }")]
    [InlineData("public record Row(int X) { public int Y { get; set; } }")]
    [InlineData("public record Row(int X = 3);")]
    [InlineData("public record struct Row(int X);")]
    [InlineData("public class Row { public object? X { get; set; } public int Y { get; set; } }")]
    public async Task An_input_that_says_what_it_needs_or_what_it_is_without_is_not_reported(string declaration) =>
        Assert.DoesNotContain(await TestSource.AnalyzeAsync(new TestSource(declaration + Model("Row row")).Compile()), one => one.Id == "ENV0027");

    [Theory]
    [InlineData("Row row")]
    [InlineData("Row? row = null")]
    [InlineData("params Row[] rows")]
    [InlineData("List<List<Row>> rows")]
    [InlineData("Dictionary<string, Row?> rows")]
    [InlineData("(int A, Row B) row")]
    [InlineData("Outer outer")]
    [InlineData("Box<Row> box")]
    [InlineData("Row first, Outer second, Row third")]
    public async Task It_is_reported_once_wherever_a_parameter_holds_it(string parameters) => await ReportedAsync(
        "public record Outer(Row Row); public record Box<T>(T Value); " + Row.Replace("Row", "[|Row|]", StringComparison.Ordinal) + Model(parameters) + Model(parameters, "Second"));

    [Fact]
    public async Task A_structure_in_it_is_reported_beside_it()
    {
        var diagnostics = await TestSource.AnalyzeAsync(new TestSource("public struct Inner { public int X { get; set; } } public class Outer { public Inner Inner { get; set; } }" + Model("Outer outer")).Compile());
        Assert.Equal(["Inner", "Outer"], diagnostics.Select(one => one.GetMessage(null).Split('\'')[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_generic_type_is_reported_once()
    {
        var diagnostic = await ReportedAsync("public class [|Box|]<T> { public T? Value { get; set; } public int X { get; set; } }" + Model("Box<int> a, Box<string> b"));
        Assert.Contains("'Box<int>'", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("leaves Value and X zero", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_of_a_union_is_reported_with_what_tells_it_from_the_others()
    {
        var diagnostic = await ReportedAsync("[JsonDerivedType(typeof(Circle), \"circle\")] public abstract class Shape; public class [|Circle|] : Shape { public int X { get; set; } }" + Model("Shape shape"));
        Assert.Contains("{\"$type\":\"circle\"} is accepted", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[EnvelopeModel(\"a\")] public partial class Model { [Predict] public Row Predict(int x) => new(); }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class Model { [Predict] public IAsyncEnumerable<Row> Predict(Answer answer) => null!; } public class Answer { public required int X { get; set; } public Row Row { get; } = new(); }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class Model(Row state) { [Predict] public int Predict(int x) => state.X; public int Other(Row row) => row.X; }")]
    [InlineData("public class Model { public int Predict(Row row) => row.X; }")]
    public async Task What_no_caller_sends_is_not_reported(string model) =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(Row + model).Compile()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_type_of_another_project_is_reported_at_the_parameter(bool isCompiled)
    {
        var source = new TestSource("[EnvelopeModel(\"a\")] public partial class Model { [Predict] public int Predict(int x, Row? [|row|], List<Row> rows) => 1; }");
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile("Training", Reference(Row, isCompiled))));
        Assert.Equal(("ENV0027", source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.Empty(diagnostic.AdditionalLocations);
        Assert.Equal(
            "'Row' requires no member, so {} is accepted, and leaves X zero unless the type sets them itself; mark what a caller has to send as required in the project of the type, or take a type of your own",
            diagnostic.GetMessage(null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_parameter_of_another_project_is_reported_at_the_model_class(bool isCompiled)
    {
        var source = new TestSource("[EnvelopeModel(\"a\")] public partial class [|Model|] : Base;");
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile("Training", Reference(Row + "public class Base { [Predict] public int Predict(Row row) => 1; }", isCompiled))));
        Assert.Equal(("ENV0027", source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
    }

    [Fact]
    public async Task A_type_of_another_project_with_a_required_member_is_not_reported()
    {
        var source = new TestSource(Model("Row row"));
        foreach (var isCompiled in new[] { true, false })
        {
            Assert.Empty(await TestSource.AnalyzeAsync(source.Compile("Training", Reference(Row.Replace("int", "required int", StringComparison.Ordinal), isCompiled))));
        }
    }

    private static MetadataReference Reference(string source, bool isCompiled)
    {
        var library = new TestSource(source).Compile("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return isCompiled ? MetadataReference.CreateFromImage(image.ToArray()) : library.ToMetadataReference();
    }

    private static async Task<Diagnostic> ReportedAsync(string marked)
    {
        var source = new TestSource(marked);
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.Equal(("ENV0027", source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
        return diagnostic;
    }

    private static string Model(string parameters, string name = "Model") =>
        $$""" [EnvelopeModel("{{name.ToLowerInvariant()}}")] public partial class {{name}} { [Predict] public int Predict({{parameters}}) => 1; }""";
}
