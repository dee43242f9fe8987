using EnvelopeSdk.Analyzers.Tests.Harness;

namespace EnvelopeSdk.Analyzers.Tests;

public class PredictOutsideModelTests
{
    private const string NoModel = "neither its class 'Plain' nor one that derives from it is marked with [EnvelopeModel]";
    private const string Interface = "'IPlain' is an interface; mark the method of the model class that implements it";
    private const string Hidden = "the model classes that derive from 'Plain' hide it; override it instead";
    private const string Local = "it is a local function, which nothing outside can call; mark a method of the model class";
    private const string Lambda = "it is a lambda, which nothing outside can call; mark a method of the model class";
    private const string NotNamed = "it is not called by its name; mark a method";
    private const string Model = "[EnvelopeModel(\"a\")] public partial class Model";

    [Theory]
    [InlineData("public class Plain { [Predict] public int [|Predict|](int x) => x; }", NoModel)]
    [InlineData("internal abstract class Plain { [Predict] public abstract int [|Predict|](int x); }", NoModel)]
    [InlineData("public abstract class Plain { [Predict] public abstract int [|Predict|](int x); } public class Other : Plain { public override int Predict(int x) => x; }", NoModel)]
    [InlineData("public class Plain<T> { [Predict] public int [|Predict|](int x) => x; }", NoModel)]
    [InlineData("public struct Plain { [Predict] public int [|Predict|](int x) => x; }", NoModel)]
    [InlineData("public static class Plain { [Predict] public static int [|Predict|](int x) => x; }", NoModel)]
    [InlineData("public interface IPlain { [Predict] int [|Predict|](int x); }", Interface)]
    [InlineData("public interface IPlain { [Predict] static abstract int [|Predict|](int x); }", Interface)]
    [InlineData("public interface IPlain { [Predict] int [|Predict|](int x); } " + Model + " : IPlain { [Predict] public int Predict(int x) => x; }", Interface)]
    [InlineData("public class Plain { [Predict] public int [|Predict|](int x) => x; } " + Model + " : Plain { [Predict] public new int Predict(int x) => x; }", Hidden)]
    [InlineData("public class Plain { [Predict] public int [|Predict|](int x) => x; } " + Model + " : Plain { [Predict] public int Other(int x) => x; public new int Predict { get; } }", Hidden)]
    [InlineData(Model + " { [Predict] public int Predict(int x) => x; public int X { [Predict] [|get|]; } }", NotNamed, "get_X")]
    [InlineData(Model + " { [Predict] public int Predict(int x) => x; [Predict] public static int operator [|+|](Model a, Model b) => 1; }", NotNamed, "op_Addition")]
    [InlineData(Model + " { [Predict] public int Predict(int x) { return Inner(x); [[|Predict|]] int Inner(int y) => y; } }", Local, "Inner")]
    [InlineData(Model + " { [Predict] public int Predict(int x) { var inner = [[|Predict|]] (int y) => y; return inner(x); } }", Lambda, "lambda")]
    [InlineData(Model + " { [Predict] public int Predict(int x) => x; private static readonly Func<int, int> Half = [[|Predict(\"half\")|]] static (y) => y / 2; }", Lambda, "lambda")]
    public async Task A_mark_without_effect_is_reported(string marked, string reason, string method = "Predict")
    {
        var source = new TestSource(marked);
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.Equal("ENV0015", diagnostic.Id);
        Assert.Equal($"'{method}' is marked with [Predict], but it is not served: {reason}", diagnostic.GetMessage(null));
        Assert.Equal(source.Reported, diagnostic.Location.SourceSpan);
    }

    [Theory]
    [InlineData("public class Plain { public int Predict(int x) => x; }")]
    [InlineData(Model + " { [Predict] public int Predict(int x) => x; }")]
    [InlineData("public class Plain { [Predict] public int Predict(int x) => x; } " + Model + " : Plain;")]
    [InlineData("public class Plain { [Predict] public virtual int Predict(int x) => x; } " + Model + " : Plain { public override int Predict(int x) => 1; }")]
    [InlineData("public abstract class Plain<T> { [Predict] public abstract T Predict(T x); } public abstract class Middle : Plain<int>; " + Model + " : Middle { public override int Predict(int x) => x; }")]
    [InlineData("namespace Tests { public class Outer { public class Plain { [Predict] public int Predict(int x) => x; } } " + Model + " : Outer.Plain; }")]
    public async Task A_method_without_the_mark_or_served_by_a_model_class_is_not_reported(string source) =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(source).Compile()));

    [Theory]
    [InlineData("public abstract class Plain { [Predict] public abstract int Predict(int x); }")]
    [InlineData("public abstract class Plain { [Predict] public virtual int Predict(int x) => x; } public abstract class Middle : Plain;")]
    [InlineData("public abstract class Plain { [Predict] public abstract int Predict(int x); } " + Model + " { [Predict] public int Predict(int x) => x; }")]
    public async Task An_abstract_base_may_be_for_the_model_classes_of_other_projects(string source) =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(source).Compile()));
}
