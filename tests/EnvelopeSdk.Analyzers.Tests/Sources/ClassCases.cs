namespace EnvelopeSdk.Tests.Sources;

/// <summary>Mistakes in the declaration of a model class.</summary>
internal static class ClassCases
{
    private const string Predict = "[Predict] public int Predict(int x) => x;";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("ENV0001", Class("sealed class [|Model|]"), Class("sealed partial class Model"), "Model"),
        new("ENV0002", Class("abstract partial class [|Model|]"), Class("partial class Model"), "Model", "is abstract")
        {
            Call = "model.PredictExample(1)", Served = ["predict"],
        },
        new("ENV0002", $"[EnvelopeModel(\"test\")] internal sealed partial class [|Model|] {{ {Predict} }}", Class("sealed partial class Model"), "Model", "is not public")
        {
            Call = "model.PredictExample(1)", Served = ["predict"],
        },
        new("ENV0002", Class("partial class [|Model|]<T>"), Class("partial class Model"), "Model", "is generic"),
        new("ENV0002", $"public partial class Outer {{ {Class("partial class [|Model|]")} }}", $"public partial class Outer; {Class("partial class Model")}", "Model", "is nested in another type"),
        new("ENV0002", $"[EnvelopeModel(\"test\")] file partial class [|Model|] {{ {Predict} }}", Class("partial class Model"), "Model", "is local to its file"),
        Name("Diamond-Price", "diamond-price"),
        Name("", "a"),
        Name("a..b", "a.b"),
        Name("größe", "groesse"),
        Name(new string('a', 129), new string('a', 128)),
        new("ENV0004", "[EnvelopeModel(\"test\")] public partial class [|Model|] { public int Predict(int x) => x; }", Class("partial class Model"), "Model"),
    ];

    private static RuleCase Name(string wrong, string right) => new("ENV0003", Named(wrong, "[|Model|]"), Named(right, "Model"), wrong)
    {
        Call = "model.PredictExample(1)",
        Served = ["predict"],
    };

    private static string Class(string declaration) => $"[EnvelopeModel(\"test\")] public {declaration} {{ {Predict} }}";

    private static string Named(string name, string model) => $"[EnvelopeModel(\"{name}\")] public partial class {model} {{ {Predict} }}";
}
