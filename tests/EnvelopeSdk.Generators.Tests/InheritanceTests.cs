using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Predict methods that a model class has from its base classes.</summary>
public class InheritanceTests
{
    public static TheoryData<string, string> Bases => new()
    {
        { "public class Base { [Predict] public int Predict(int x) => 2 * x; }", " : Base;" },
        { "public class Base { [Predict] public virtual int Predict(int x) => x; }", " : Base { public override int Predict(int x) => 2 * x; }" },
        { "public class Base { [Predict] public virtual int Predict(int x) => x; }", " : Base { [Predict] public override int Predict(int x) => 2 * x; }" },
        { "public abstract class Base { [Predict] public abstract int Predict(int x); }", " : Base { public sealed override int Predict(int x) => 2 * x; }" },
        { "public class Base { public virtual int Predict(int x) => x; }", " : Base { [Predict] public override int Predict(int x) => 2 * x; }" },
        { "public abstract class Base<T> { [Predict] public T Predict(T x) => Twice(x); protected abstract T Twice(T x); }", " : Base<int> { protected override int Twice(int x) => 2 * x; }" },
        { "public abstract class Base<T> { [Predict] public abstract T Predict(T x); } public abstract class Middle<T> : Base<T>; public abstract class Near : Middle<int> { public override int Predict(int x) => 0; }", " : Near { public override int Predict(int x) => 2 * x; }" },
        { "public class Base { [Predict(\"predict\")] public virtual int Answer(int x) => 0; }", " : Base { [Predict] public override int Answer(int x) => 2 * x; }" },
        { "public class Base { [Predict(\"base\")] public virtual int Answer(int x) => 0; }", " : Base { [Predict(\"predict\")] public override int Answer(int x) => 2 * x; }" },
        { "public class Base { [Predict] public int Predict(int x) => 0; }", " : Base { [Predict] public new int Predict(int x) => 2 * x; }" },
        { "public class Base { [Predict] public virtual string Predict(string x) => x; }", " : Base { [Predict] public int Predict(int x) => 2 * x; public new string Predict(string x) => x; }" },
        { "public class Base { [Predict] public int Predict(int x) => 2 * x; }", " : Base { public int Predict(long x) => 0; }" },
        { "public class Base { [Predict] public virtual int Predict(int x) => 0; }", " : Base { public override int Predict(int x) => 2 * x; public int Predict(long x) => 0; }" },
        { "public record Base { [Predict] public virtual int Predict(int x) => 2 * x; }", " : Base;" },
    };

    [Theory]
    [MemberData(nameof(Bases))]
    public void An_inherited_method_is_a_query_as_one_of_the_class_itself(string declaration, string model)
    {
        var itself = CompiledModel.Of(Model(" { [Predict] public int Predict(int x) => 2 * x; }"));
        var keyword = declaration.Contains("record", StringComparison.Ordinal) ? "record" : "class";
        foreach (var compiled in new[] { CompiledModel.Of(Model(model, keyword), declaration), CompiledModel.OfLibrary(declaration, Model(model, keyword)) })
        {
            Assert.Equal(itself.Schema.Fingerprint, compiled.Schema.Fingerprint);
            Assert.Equal(itself.Schema.Fingerprint, compiled.FingerprintFromMetadata());
            Assert.Equal("42", CompiledService.Of(compiled).Answer("predict", """{"x":21}"""));
            var example = (PredictionExample)compiled.Type.GetMethods().Single(method => method.Name is "PredictExample" or "AnswerExample").Invoke(Activator.CreateInstance(compiled.Type), [21])!;
            Assert.Equal(("predict", """{"x":21}""", "42"), (example.Query, example.Input.GetRawText(), example.Output.GetRawText()));
        }
    }

    [Fact]
    public void The_signature_of_the_most_derived_override_is_the_schema()
    {
        var model = CompiledModel.Of(
            """
            public record Price(double Value);
            public sealed record Range(double Value, double Low) : Price(Value);
            public class Base { [Predict] public virtual Price? Predict(string name, int count) => new(count); }
            [EnvelopeModel("test")] public partial class Model : Base { public override Range Predict(string? label, int count = 3) => new(label is null ? 1 : 2, count); }
            """);

        Assert.Equal(["label", "count"], Assert.Single(model.Schema.Queries).Parameters.Select(parameter => parameter.Name));
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
        Assert.Equal("""{"value":1,"low":3}""", CompiledService.Of(model).Answer("predict", """{"label":null}"""));
    }

    [Fact]
    public void A_class_that_derives_from_a_model_class_has_its_queries_and_its_own()
    {
        var model = CompiledModel.Of(
            """
            [EnvelopeModel("base")] public partial class Base(int factor) { [Predict] public virtual async Task<int> PredictAsync(int x, CancellationToken token) { await Task.Yield(); return factor * x; } }
            [EnvelopeModel("test")] public partial class Model() : Base(2) { [Predict] public int Own() => 1; }
            """,
            "global using System.Threading; global using System.Threading.Tasks;");
        var service = CompiledService.Of(model);

        Assert.Equal(["own", "predict"], service.Queries);
        Assert.Equal("42", service.Answer("predict", """{"x":21}"""));
    }

    private static string Model(string rest, string keyword = "class") => $"[EnvelopeModel(\"test\")] public partial {keyword} Model{rest}";

    [Theory]
    [InlineData("[Range(1, 2)] int x", "int x", 1, 3)]
    [InlineData("[Range(1, 9)] int x", "[Range(1, 2)] int x", 2, 3)] // what the override says itself holds alone
    [InlineData("int x", "[Range(1, 2)] int x", 2, 3)]
    public void An_override_asks_of_its_callers_what_its_base_asks(string declared, string overriding, int taken, int refused)
    {
        var service = CompiledService.Of(CompiledModel.Of(
            $$"""
            using System.ComponentModel.DataAnnotations;
            public abstract class Base { [Predict] public abstract int Predict({{declared}}); }
            [EnvelopeModel("test")] public partial class Model : Base { public override int Predict({{overriding}}) => x; }
            """));

        Assert.Equal($"{taken}", service.Answer("predict", $$"""{"x":{{taken}}}"""));
        Assert.Equal($"/x: Expected a number of at most 2, got {refused}.", service.Answer("predict", $$"""{"x":{{refused}}}"""));
        Assert.Equal(2, service.Schema.Queries.Single().Parameters.Single().Constraints!.Maximum!.Value.GetInt32());
    }
}
