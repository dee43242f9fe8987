namespace EnvelopeSdk.Tests.Sources;

/// <summary>Mistakes in predict methods that a model class has from its bases, and in those that implement an interface's.</summary>
internal static class InheritanceCases
{
    private const string Model = "[EnvelopeModel(\"test\")] public partial class Model";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Base("ENV0007", "class Base { [Predict] public int Predict(object [|x|]) => 1; }", "class Base { [Predict] public int Predict(int x) => x; }", "parameter 'x'", "object", Reasons.Anything),
        Base("ENV0007", "class Base { [Predict] public virtual object [|Predict|](int x) => x; }", "class Base { [Predict] public virtual int Predict(int x) => x; }", "answer of 'Predict'", "object", Reasons.Anything),
        Base("ENV0011", "class Base { [Predict] protected int [|Predict|](int x) => x; }", "class Base { [Predict] public int Predict(int x) => x; }", "Predict"),
        Base("ENV0012", "class Base { [Predict] public static int [|Predict|](int x) => x; }", "class Base { [Predict] public int Predict(int x) => x; }", "Predict"),
        new(
            "ENV0022", "public abstract class Base<T> { [Predict] public int Predict(T [|x|]) => 1; } " + Model + " : Base<Action>;", "public abstract class Base<T> { [Predict] public int Predict(T x) => 1; } " + Model + " : Base<string>;",
            "parameter 'x'", "Action", Reasons.Code)
        {
            Call = "model.PredictExample(() => { })",
        },
        new(
            "ENV0010", "public class Base { [Predict] public virtual int Predict<T>(T x) => 1; } " + Model + " : Base { public override int [|Predict|]<T>(T x) => 2; }",
            "public class Base { [Predict] public virtual int Predict(int x) => 1; } " + Model + " : Base { public override int Predict(int x) => 2; }", "Predict")
        {
            Call = "model.PredictExample(1)",
        },
        new(
            "ENV0013", "public class Base { [Predict] public int Predict(int x) => x; } " + Model + " : Base { [Predict] public int [|Predict|](string x) => 1; }",
            "public class Base { [Predict] public int Predict(int x) => x; } " + Model + " : Base { [Predict(\"by-name\")] public int Predict(string x) => 1; }", "Predict", "predict", "Predict", "")
        {
            Call = "model.PredictExample(1) + model.PredictExample(\"a\").ToString()",
            Served = ["predict"],
        },
        new(
            "ENV0011", "public interface I { int Predict(int x); } " + Model + " : I { [Predict] int I.[|Predict|](int x) => x; }", "public interface I { int Predict(int x); } " + Model + " : I { [Predict] public int Predict(int x) => x; }", "I.Predict")
        {
            Call = "model.PredictExample(1)",
        },
        new(
            "ENV0012", "public interface I { static abstract int Predict(int x); } " + Model + " : I { [Predict] public static int [|Predict|](int x) => x; }",
            "public interface I { int Predict(int x); } " + Model + " : I { [Predict] public int Predict(int x) => x; }", "Predict")
        {
            Call = "model.PredictExample(1)",
        },
    ];

    private static RuleCase Base(string id, string wrong, string right, params object[] arguments) =>
        new(id, $"public {wrong} {Model} : Base;", $"public {right} {Model} : Base;", arguments) { Call = "model.PredictExample(1)" };
}
