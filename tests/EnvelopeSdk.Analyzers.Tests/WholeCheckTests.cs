using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Generators.Parsing.Rules;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>What checks a whole object would be asked by no service; what nobody sends, nobody checks.</summary>
public class WholeCheckTests
{
    private const string Checked = "public record Checked(int X) : System.ComponentModel.DataAnnotations.IValidatableObject { public IEnumerable<System.ComponentModel.DataAnnotations.ValidationResult> Validate(System.ComponentModel.DataAnnotations.ValidationContext context) => []; }";

    [Theory]
    [InlineData("int Predict(Checked x) => 1;")]
    [InlineData("int Predict(Checked[,] x) => 1;")]
    [InlineData("int Predict(Dictionary<string, List<Checked?>> x) => 1;")]
    [InlineData("int Predict(Order x) => 1;", "public record Order(Checked Part);")]
    [InlineData("Checked Predict(int y) => new(y); [Predict] public int Count(Checked x) => 1;")]
    [InlineData("int Predict(Shape x) => 1;", "[JsonDerivedType(typeof(Circle), \"c\")] public abstract record Shape; public record Circle(Checked Part) : Shape;")]
    [InlineData("int Predict(Shape x) => 1;", "public class WholeAttribute : System.ComponentModel.DataAnnotations.ValidationAttribute; [JsonDerivedType(typeof(Circle), \"c\")] public abstract record Shape; [Whole] public record Circle(int X) : Shape;")]
    public async Task A_type_that_is_checked_as_a_whole_is_refused_wherever_it_is_sent(string method, string declarations = "")
    {
        var reported = await TestSource.AnalyzeAsync(new TestSource($"{Checked} {declarations} [EnvelopeModel(\"a\")] public partial class Model {{ [Predict] public {method} }}").Compile());
        Assert.Equal(2, reported.Length); // at the parameter, and at the type
        Assert.All(reported, one => Assert.Equal(RuleIds.UnsaidConstraint, one.Id));
    }

    [Theory]
    [InlineData("Model(Checked options)", "int Predict(int x) => x + options.X;")]
    [InlineData("Model", "Checked Predict(int x) => new(x);")]
    [InlineData("Model", "List<Checked> Predict(int x) => [];")]
    public async Task A_type_that_is_only_answered_or_stored_may_check_what_it_likes(string model, string method) =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource($"{Checked} [EnvelopeModel(\"a\")] public partial class {model} {{ [Predict] public {method} }}").Compile()));
}
