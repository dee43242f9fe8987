using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>What a change of a signature means for callers who were written against the one before.</summary>
public class SchemaComparisonTests
{
    private const string ByName = "[JsonConverter(typeof(JsonStringEnumConverter))] public enum";
    private const string Shapes = "public record A(int X) : S; public record B(int X) : S;";

    private static string Forms(string name) => $"[property: JsonNumberHandling(JsonNumberHandling.{name})]";

    /// <summary>Two signatures, and what a change from the first to the second, and from the second to the first, is.</summary>
    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "int Predict(int x) => 1;", "int Predict(long x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(uint x) => 1;", "int Predict(long x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int x) => 1;", "int Predict(double x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int x) => 1;", "int Predict(float x) => 1;", "breaking /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int x) => 1;", "int Predict(int? x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int x) => 1;", "int Predict(int[] x) => 1;", "breaking /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(Guid x) => 1;", "int Predict(string x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int[] x) => 1;", "int Predict(List<long> x) => 1;", "compatible /predict/parameters/x/items", "breaking /predict/parameters/x/items" },
        { "int Predict(int[,] x) => 1;", "int Predict(int[][] x) => 1;", "breaking /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int[,] x) => 1;", "int Predict(long[,] x) => 1;", "compatible /predict/parameters/x/items", "breaking /predict/parameters/x/items" },
        { "int Predict(Dictionary<int, int> x) => 1;", "int Predict(Dictionary<string, int> x) => 1;", "breaking /predict/parameters/x/keys", "breaking /predict/parameters/x/keys" },
        { "int Predict(int x) => 1;", "int Predict(int x, int y = 1) => 1;", "compatible /predict/parameters/y", "breaking /predict/parameters/y" },
        { "int Predict(int x) => 1;", "int Predict(int x, int y) => 1;", "breaking /predict/parameters/y", "breaking /predict/parameters/y" },
        { "int Predict(int x) => 1;", "int Predict(int x = 1) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int x = 1) => 1;", "int Predict(int x = 2) => 1;", "compatible /predict/parameters/x", "compatible /predict/parameters/x" },
        { "int Predict() => 1;", "long Predict() => 1;", "breaking /predict/returns", "compatible /predict/returns" },
        { "int Predict() => 1;", "int? Predict() => 1;", "breaking /predict/returns", "compatible /predict/returns" },
        { "R Predict() => null!; public record R(int X);", "R Predict() => null!; public record R(int X, int Y);", "compatible /predict/returns/y", "breaking /predict/returns/y" },
        { "int Predict(R r) => 1; public record R(int X);", "int Predict(R r) => 1; public record R(int X, int Y);", "breaking /predict/parameters/r/y", "breaking /predict/parameters/r/y" },
        { "E Predict() => 0; public enum E { A }", "E Predict() => 0; public enum E { A, B }", "breaking /predict/returns", "compatible /predict/returns" },
        { $"int Predict(E x) => 0; {ByName} E {{ A }}", $"int Predict(E x) => 0; {ByName} E {{ A, B }}", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { $"int Predict(S x) => 0; [JsonDerivedType(typeof(A), 1)] public abstract record S; {Shapes}", $"int Predict(S x) => 0; [JsonDerivedType(typeof(A), 1), JsonDerivedType(typeof(B), 2)] public abstract record S; {Shapes}", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict([Range(0, 1)] int x) => 1;", "int Predict([Range(0, 2)] int x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict([Range(typeof(long), \"0\", \"9007199254740992\")] long x) => 1;", "int Predict([Range(typeof(long), \"0\", \"9007199254740993\")] long x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict([Range(typeof(decimal), \"0.12345678901234567891\", \"1\")] decimal x) => 1;", "int Predict([Range(typeof(decimal), \"0.12345678901234567890\", \"1\")] decimal x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict([Range(2e-30, 1)] double x) => 1;", "int Predict([Range(1e-30, 1)] double x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(R x) => 1; public class R { public int X => 1; }", "int Predict(R x) => 1; public class R { public int X { get; set; } }", "compatible /predict/parameters/x/x", "breaking /predict/parameters/x/x" },
        { "int Predict([AllowedValues(1)] int x) => 1;", "int Predict([AllowedValues(1, 2)] int x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict([RegularExpression(\"a\")] string x) => 1;", "int Predict(string x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(T x) => 1; public record T(int Value, T? Next);", "int Predict(T x) => 1; public record T(long Value, T? Next);", "compatible /predict/parameters/x/value", "breaking /predict/parameters/x/value" },
        { "int Predict(R x) => 1; public record R(int X);", "int Predict(R x) => 1; public record R(int X) { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(R x) => 1; public record R(int X);", "int Predict(E x) => 1; public enum E { A }", "breaking /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict() => 1;", "int Predict() => 1; [Predict] public int Other() => 1;", "compatible /other", "breaking /other" },
        { "int Predict(System.Text.Json.Nodes.JsonValue x) => 1;", "int Predict(System.Text.Json.Nodes.JsonNode x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(int[,] x) => 1;", "int Predict(System.Text.Json.Nodes.JsonNode x) => 1;", "compatible /predict/parameters/x", "breaking /predict/parameters/x" },
        { "int Predict(R x) => 1; public record R(double X);", $"int Predict(R x) => 1; public record R({Forms("AllowReadingFromString")} double X);", "compatible /predict/parameters/x/x", "breaking /predict/parameters/x/x" },
        { "R Predict() => null!; public record R(double X);", $"R Predict() => null!; public record R({Forms("WriteAsString")} double X);", "breaking /predict/returns/x", "breaking /predict/returns/x" },
        { "R Predict() => null!; public record R(double X);", $"R Predict() => null!; public record R({Forms("AllowNamedFloatingPointLiterals")} double X);", "breaking /predict/returns/x", "compatible /predict/returns/x" },
        { "List<int> Predict(int x) => [];", "IAsyncEnumerable<int> Predict(int x) => throw new NotSupportedException();", "breaking /predict/returns", "breaking /predict/returns" },
        { "IAsyncEnumerable<int> Predict() => throw new NotSupportedException();", "IAsyncEnumerable<int?> Predict() => throw new NotSupportedException();", "breaking /predict/returns", "compatible /predict/returns" },
    };

    /// <summary>Signatures that a caller cannot tell apart.</summary>
    public static TheoryData<string, string> Same => new()
    {
        { "int Predict(int[] x) => 1;", "System.Threading.Tasks.Task<int> PredictAsync(IReadOnlyList<int> x) => null!;" },
        { "int Predict(int x, int y) => 1;", "int Predict(int y, int x) => 1;" },
        { "R Predict() => null!; public class R { public int X => 1; }", "R Predict() => null!; public class R { public int X { get; set; } }" },
        { "R Predict() => null!; public record R(double X);", $"R Predict() => null!; public record R({Forms("AllowReadingFromString")} double X);" },
        { "int Predict(R x) => 1; public record R(double X);", $"int Predict(R x) => 1; public record R({Forms("WriteAsString")} double X);" },
        { "int Predict(JsonElement x) => 1;", "int Predict(System.Text.Json.Nodes.JsonNode? x) => 1;" },
        { "int Predict(Dictionary<string, JsonElement> x) => 1;", "int Predict(System.Text.Json.Nodes.JsonObject x) => 1;" },
        { "R Predict(R x) => x; public record R(int X, R? Next);", "S Predict(S x) => x; public class S { public required S? Next { get; set; } public required int X { get; set; } }" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_breaks_callers_or_not_and_so_does_its_way_back(string before, string after, string forth, string back)
    {
        var (first, second) = (Schema(before), Schema(after));

        Assert.Equal(forth, Text(Assert.Single(SchemaComparison.Compare(first, second))));
        Assert.Equal(back, Text(Assert.Single(SchemaComparison.Compare(second, first))));
    }

    [Theory]
    [MemberData(nameof(Same))]
    public void What_a_caller_cannot_tell_apart_has_no_difference(string before, string after)
    {
        Assert.Empty(SchemaComparison.Compare(Schema(before), Schema(after)));
        Assert.Empty(SchemaComparison.Compare(Schema(after), Schema(before)));
    }

    [Fact]
    public void A_type_that_is_said_to_take_all_that_another_took_does()
    {
        var types = AcceptedTypes.All.Where(type => type.Declarations.Length == 0)
            .Select(type => (type.Values, Service: CompiledService.Of(CompiledModel.Of(type.Model)))).ToList();
        var compatible = 0;
        foreach (var (values, before) in types)
        {
            foreach (var (_, after) in types.Where(after => !SchemaComparison.Compare(before.Schema, after.Service.Schema).Any(change => change.IsBreaking && change.Pointer.StartsWith("/predict/parameters", StringComparison.Ordinal))))
            {
                compatible++;
                Assert.All(values, value => Assert.Equal("", after.Errors("predict", $$"""{"value":{{value}}}""")));
            }
        }

        Assert.True(compatible > 2 * types.Count, $"{compatible} of {types.Count * types.Count} pairs");
    }

    private static string Text(SchemaChange change) => $"{(change.IsBreaking ? "breaking" : "compatible")} {change.Pointer}";

    private static ModelSchema Schema(string members) => CompiledModel.Of(
        $$"""
        using System.ComponentModel.DataAnnotations;

        [EnvelopeModel("test")]
        public partial class Model
        {
            [Predict] public {{members}}
        }
        """).Schema;
}
