namespace EnvelopeSdk.Tests.Sources;

/// <summary>Mistakes in the declaration of predict methods.</summary>
internal static class MethodCases
{
    private const string Tasks = "using System.Threading; using System.Threading.Tasks;";
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
        Method("ENV0014", "[Predict(\"envelope\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "envelope", "Predict"),
        Method("ENV0014", "[Predict(\"metrics\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "metrics", "Predict"),
        Method("ENV0014", "[Predict(\"openapi\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "openapi", "Predict"),
        Method("ENV0014", "[Predict(\"swagger\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "swagger", "Predict"),
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
        Taken("public int PredictExample(int y) => y;", "public int PredictExample(long y) => 1; public int PredictExample(ref int x) => x; public int PredictExample(int x, int y = 1) => x; public int PredictExample<T>(int x) => x;", "model.PredictExample(1)"),
        Taken("public int PredictExample => 1;", "public int PredictionExample => 1;", "model.PredictExample"),
        Taken("public sealed record PredictExample;", "public sealed record PredictionExample;", "new Model.PredictExample()"),
        RuleCase.InMethod(
            "ENV0025", "[Predict] public int [|Predict|](int x) => x; [Predict] public int PredictExample(int x) => x;", "[Predict] public int Predict(int x) => x; [Predict] public int PredictExample(string x) => 1;",
            "model.PredictExampleExample(1)", "", "Predict", "PredictExample", "another member of 'Model'") with { Served = ["predict-example"] },
        RuleCase.InMethod(
            "ENV0025", "[Predict] public Task<int> [|Predict|](CancellationToken token, int x) => null!; public int PredictExampleAsync(int x, CancellationToken token) => x;",
            "[Predict] public Task<int> Predict(CancellationToken token, int x) => null!; public int PredictExampleAsync(CancellationToken token, int x) => x;",
            "model.PredictExampleAsync(1, default)", Tasks, "Predict", "PredictExampleAsync", "another member of 'Model'"),
        RuleCase.InMethod(
            "ENV0025", "[Predict] public Task<int> Predict(int x) => null!; [Predict(\"b\")] public Task<int> [|PredictAsync|](int x) => null!;",
            "[Predict] public Task<int> Predict(int x) => null!; [Predict(\"b\")] public Task<int> PredictAsync(string x) => null!;",
            "model.PredictExampleAsync(1)", Tasks, "PredictAsync", "PredictExampleAsync", "that of 'Predict'") with { Served = ["predict"] },
        new(
            "ENV0025", "[EnvelopeModel(\"test\")] public partial class PredictExample { [Predict] public int [|Predict|](int x) => x; }", "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict(int x) => x; }",
            "Predict", "PredictExample", "the class itself"),
    ];

    private static RuleCase Taken(string wrong, string right, string call) => RuleCase.InMethod(
        "ENV0025", $"[Predict] public int [|Predict|](int x) => x; {wrong}", $"{Right} {right}", call, "", "Predict", "PredictExample", "another member of 'Model'");

    private static RuleCase Method(string id, string wrong, string call, params object[] arguments) =>
        RuleCase.InMethod(id, wrong, Right, call, "", arguments);
}
