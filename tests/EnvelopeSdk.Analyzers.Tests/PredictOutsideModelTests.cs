using EnvelopeSdk.Analyzers.Tests.Harness;

namespace EnvelopeSdk.Analyzers.Tests;

public class PredictOutsideModelTests
{
    [Theory]
    [InlineData("public class Plain { [Predict] public int [|Predict|](int x) => x; }", "Plain")]
    [InlineData("public abstract class Plain { [Predict] public abstract int [|Predict|](int x); }", "Plain")]
    [InlineData("public interface IPlain { [Predict] int [|Predict|](int x); }", "IPlain")]
    [InlineData("public static class Plain { [Predict] public static int [|Predict|](int x) => x; }", "Plain")]
    public async Task A_predict_method_outside_a_model_class_is_reported(string marked, string type)
    {
        var source = new TestSource(marked);
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.Equal("ENV0015", diagnostic.Id);
        Assert.Equal($"'Predict' is marked with [Predict], but its class '{type}' is not marked with [EnvelopeModel], so it is not served", diagnostic.GetMessage(null));
        Assert.Equal(source.Reported, diagnostic.Location.SourceSpan);
    }

    [Theory]
    [InlineData("public class Plain { public int Predict(int x) => x; }")]
    [InlineData("[EnvelopeModel(\"a\")] public partial class Model { [Predict] public int Predict(int x) => x; }")]
    public async Task A_method_without_the_mark_or_in_a_model_class_is_not_reported(string source) =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(source).Compile()));
}
