namespace EnvelopeSdk.Tests.Sources;

/// <summary>Mistakes in the declaration of predict methods.</summary>
internal static class MethodCases
{
    private const string Right = "[Predict] public int Predict(int x) => x;";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Method("ENV0010", "[Predict] public int [|Predict|]<T>(T x) => 1;", "model.PredictExample(1)", "Predict"),
        Method("ENV0010", "[Predict] public List<T> [|Predict|]<T, @in>(T x, List<@in>? y = null) where T : struct, IComparable<T> where @in : class?, new() => [];", "model.PredictExample<int, object>(1)", "Predict"),
        Method("ENV0011", "[Predict] internal int [|Predict|](int x) => x;", "model.PredictExample(1)", "Predict"),
        Method("ENV0011", "[Predict] private int [|Predict|](int x) => x;", "model.PredictExample(1)", "Predict"),
        Method("ENV0012", "[Predict] public static int [|Predict|](int x) => x;", "model.PredictExample(1)", "Predict"),
        Method("ENV0014", "[Predict(\"Price\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "Price", "Predict"),
        Method("ENV0014", "[Predict(\"health\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "health", "Predict"),
        Method("ENV0014", "[Predict(\"a--b\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "a--b", "Predict"),
        Method("ENV0014", "[Predict] public int [|Predict__Price|](int x) => x;", "model.Predict__PriceExample(1)", "predict--price", "Predict__Price"),
        Method("ENV0014", "[Predict] public int [|Prédire|](int x) => x;", "model.PrédireExample(1)", "prédire", "Prédire"),
        RuleCase.InMethod(
            "ENV0013", "[Predict] public int Predict(int x) => x; [Predict] public int [|Predict|](string x) => 1;",
            "[Predict] public int Predict(int x) => x; [Predict(\"by-name\")] public int Predict(string x) => 1;",
            "model.PredictExample(1) + model.PredictExample(\"a\").ToString()", "", "Predict", "predict", "Predict") with { Served = ["predict"] },
        RuleCase.InMethod(
            "ENV0013", "[Predict] public int A(int x) => x; [Predict(\"a\")] public int [|B|](int x) => 1;", "[Predict] public int A(int x) => x; [Predict] public int B(int x) => 1;",
            "model.AExample(1) + model.BExample(1).ToString()", "", "B", "a", "A") with { Served = ["a"] },
    ];

    private static RuleCase Method(string id, string wrong, string call, params object[] arguments) =>
        RuleCase.InMethod(id, wrong, Right, call, "", arguments);
}
