using EnvelopeSdk.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>The compiler and an editor ask of code that is being written. What throws then is turned off, and leaves errors about itself.</summary>
public class HalfWrittenCodeTests
{
    /// <summary>What is to become an attribute, whose argument is missing, is of another type, or is not closed.</summary>
    public static TheoryData<string> Arguments => ["", "(", "()", "(1", "(1, 2, 3, 4)", "(null)", "(null!, null!, null!)", "(new[] { \"a\" })", "(new object[] { 1, null })", "(typeof())", "(typeof(Missing<>), Missing)", "(Missing = ", "(Missing = new[] { 1 })"];

    [Theory]
    [MemberData(nameof(Arguments))]
    public Task The_attributes_of_a_model_class_can_be_half_written(string arguments) => AssertNothingThrowsAsync(
        $"[EnvelopeModel{arguments}] [NotConcurrent{arguments}] public partial class Model(int weight) {{ [Predict] public int Predict(int x) => x + weight; }}");

    [Theory]
    [MemberData(nameof(Arguments))]
    public Task The_attributes_of_a_predict_method_can_be_half_written(string arguments) => AssertNothingThrowsAsync(
        $"[EnvelopeModel(\"a\")] public partial class Model {{ [Predict{arguments}] [NotConcurrent{arguments}] public int Predict(int x) => x; }}");

    [Theory]
    [MemberData(nameof(Arguments))]
    public Task The_attributes_of_a_parameter_can_be_half_written(string arguments)
    {
        string[] attributes = ["Range", "Length", "MinLength", "MaxLength", "StringLength", "RegularExpression", "AllowedValues", "DeniedValues", "Required", "EmailAddress", "Url", "Base64String", "TensorRank"];
        string[] types = ["int", "int?", "string", "string[]", "System.Numerics.Tensors.Tensor<float>"];
        var methods = attributes.SelectMany(attribute => types.Select((type, i) => $"[Predict] public int {attribute}{i}([{attribute}{arguments}] {type} x) => 1;"));
        return AssertNothingThrowsAsync($"[EnvelopeModel(\"a\")] public partial class Model {{\n{string.Join("\n", methods)}\n}}");
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public Task The_attributes_of_a_served_type_can_be_half_written(string arguments)
    {
        string[] attributes = ["JsonDerivedType", "JsonDerivedType<Row>", "JsonPolymorphic", "JsonConverter", "JsonConverter<Row>", "JsonNumberHandling", "JsonUnmappedMemberHandling", "JsonObjectCreationHandling", "CollectionBuilder"];
        var methods = attributes.Select((_, i) => $"[Predict] public Shape{i} P{i}(Cut{i} x) => null!;");
        var types = attributes.Select((attribute, i) => $"[{attribute}{arguments}] public class Shape{i} {{ public int X {{ get; set; }} }}\n[{attribute}{arguments}] public enum Cut{i} {{ A }}");
        return AssertNothingThrowsAsync($"[EnvelopeModel(\"a\")] public partial class Model {{ {string.Join(" ", methods)} }} public class Row;\n{string.Join("\n", types)}");
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public Task The_attributes_of_a_member_can_be_half_written(string arguments)
    {
        string[] attributes = ["JsonPropertyName", "JsonIgnore", "JsonInclude", "JsonRequired", "JsonPropertyOrder", "JsonExtensionData", "JsonConverter", "JsonNumberHandling", "JsonConstructor", "JsonStringEnumMemberName", "Range", "AllowedValues"];
        var methods = attributes.Select((_, i) => $"[Predict] public Row{i} P{i}(Cut{i} x) => null!;");
        var types = attributes.Select((attribute, i) =>
            $$"""
            public class Row{{i}} { [{{attribute}}{{arguments}}] public Dictionary<string, int> X { get; set; } [{{attribute}}{{arguments}}] public Row{{i}}() { } }
            [JsonConverter(typeof(JsonStringEnumConverter<Cut{{i}}>))] public enum Cut{{i}} { [{{attribute}}{{arguments}}] A }
            """);
        return AssertNothingThrowsAsync($"[EnvelopeModel(\"a\")] public partial class Model {{ {string.Join(" ", methods)} }}\n{string.Join("\n", types)}");
    }

    [Theory]
    [InlineData("[Predict] public int Predict(")]
    [InlineData("[Predict] public int Predict(int")]
    [InlineData("[Predict] public int Predict((int, ")]
    [InlineData("[Predict] public (int , int b) Predict(int x, ) => default;")]
    [InlineData("[Predict] public (int A, int) Predict(int x")]
    [InlineData("[Predict] public (int @, int @) Predict(int x) => default;")]
    [InlineData("[Predict] public int (int x) => x;")]
    [InlineData("[Predict] public Predict(int x) => x;")]
    [InlineData("[Predict] public Task<> Predict(List<> x, Dictionary<string> y, int[] int? z) => x;")]
    [InlineData("[Predict] public int Predict(int x = ) => x;")]
    [InlineData("[Predict] public int Predict(int x = Missing, string y = 1) => x.Result;")]
    [InlineData("[Predict] public int Predict(int x) { x = ; Task.; return Missing(x).Result; }")]
    [InlineData("[Predict] public override int Predict(int x) => x;")]
    [InlineData("[Predict] public")]
    public Task A_method_can_be_half_written(string member) => AssertNothingThrowsAsync($"[EnvelopeModel(\"a\")] public partial class Model {{ {member} }}");

    private static async Task AssertNothingThrowsAsync(string source)
    {
        var project = new TestSource("using System.ComponentModel.DataAnnotations; using System.Runtime.CompilerServices; " + source).Compile();
        var run = CSharpGeneratorDriver.Create(new Generators.EnvelopeGenerator()).RunGeneratorsAndUpdateCompilation(project, out var generated, out _).GetRunResult();
        Assert.All(run.Results, result => Assert.True(result.Exception is null, $"{source}\n{result.Exception}"));

        var thrown = new List<string>();
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, _, _) => thrown.Add($"{source}\n{exception}"), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        await generated.WithAnalyzers(TestSource.Analyzers, options).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(thrown);
    }
}
