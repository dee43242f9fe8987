namespace EnvelopeSdk.Tests.Sources;

/// <summary>Mistakes in the declaration of predict methods.</summary>
internal static class MethodCases
{
    private const string Tasks = "using System.Threading; using System.Threading.Tasks;";
    private const string Form = "use lower-case letters and digits in groups separated by single '-', in [Predict(\"...\")] if the method is to keep its name";
    private const string Right = "[Predict] public int Predict(int x) => x;";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Method("ENV0010", "[Predict] public int [|Predict|]<T>(T x) => 1;", "model.PredictExample(1)", "Predict"),
        Method("ENV0010", "[Predict] public List<T> [|Predict|]<T, @in>(T x, List<@in>? y = null) where T : struct, IComparable<T> where @in : class?, new() => [];", "model.PredictExample<int, object>(1)", "Predict"),
        Method("ENV0011", "[Predict] internal int [|Predict|](int x) => x;", "model.PredictExample(1)", "Predict"),
        Method("ENV0011", "[Predict] private int [|Predict|](int x) => x;", "model.PredictExample(1)", "Predict"),
        Method("ENV0012", "[Predict] public static int [|Predict|](int x) => x;", "model.PredictExample(1)", "Predict"),
        Method("ENV0014", "[Predict(\"Price\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "Price", "Predict", Form),
        Method("ENV0014", "[Predict(\"a--b\")] public int [|Predict|](int x) => x;", "model.PredictExample(1)", "a--b", "Predict", Form),
        Method("ENV0014", "[Predict] public int [|Predict__Price|](int x) => x;", "model.Predict__PriceExample(1)", "predict--price", "Predict__Price", Form),
        .. "envelope health invocations metrics openapi ping swagger v2".Split(' ').Select(Reserved),
        RuleCase.InMethod("ENV0014", "[Predict(\"Prédire\")] public int [|Predict|](int x) => x;", "[Predict(\"prédire\")] public int Predict(int x) => x;", "model.PredictExample(1)", "", "Prédire", "Predict", Form),
        RuleCase.InMethod("ENV0014", "[Predict(\"pre\u0301dire\")] public int [|Predict|](int x) => x;", "[Predict] public int Prédire(int x) => x;", "model.PredictExample(1)", "", "pre\u0301dire", "Predict", Form),
        RuleCase.InMethod("ENV0014", "[Predict(\"\u0301\")] public int [|Predict|](int x) => x;", "[Predict] public int 预测(int x) => x;", "model.PredictExample(1)", "", "\u0301", "Predict", Form),
        RuleCase.InMethod(
            "ENV0013", "[Predict] public int [|Λόγος|](int x) => x; [Predict(\"λόγοσ\")] public int B(int x) => 1;", "[Predict] public int Λόγος(int x) => x; [Predict(\"λόγο\")] public int B(int x) => 1;",
            "model.ΛόγοςExample(1) + model.BExample(1).ToString()", "", "Λόγος", "λόγος", "B", ", since routes do not tell capital letters from small ones: the names differ by case alone") with { Served = ["λόγοσ"] },
        RuleCase.InMethod(
            "ENV0013", "[Predict] public int Total(int x) => x; [Predict] public int [|total|](int x) => 1;", "[Predict] public int Total(int x) => x; [Predict] public int Totals(int x) => 1;",
            "model.TotalExample(1) + model.totalExample(1).ToString()", "", "total", "total", "Total", ", since routes do not tell capital letters from small ones: the methods differ by case alone") with { Served = ["total"] },
        RuleCase.InMethod(
            "ENV0013", "[Predict] public int Predict(int x) => x; [Predict] public int [|Predict|](string x) => 1;",
            "[Predict] public int Predict(int x) => x; [Predict(\"by-name\")] public int Predict(string x) => 1;",
            "model.PredictExample(1) + model.PredictExample(\"a\").ToString()", "", "Predict", "predict", "Predict", "") with { Served = ["predict"] },
        RuleCase.InMethod(
            "ENV0013", "[Predict] public int A(int x) => x; [Predict(\"a\")] public int [|B|](int x) => 1;", "[Predict] public int A(int x) => x; [Predict] public int B(int x) => 1;",
            "model.AExample(1) + model.BExample(1).ToString()", "", "B", "a", "A", "") with { Served = ["a"] },
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

    private static RuleCase Reserved(string name) => RuleCase.InMethod(
        "ENV0014", $"[Predict(\"{name}\")] public int [|Predict|](int x) => x;", $"[Predict(\"{name}-2\")] public int Predict(int x) => x;", "model.PredictExample(1)", "",
        name, "Predict", $"a service answers /{name} itself; give it another name with [Predict(\"...\")]");

    private static RuleCase Taken(string wrong, string right, string call) => RuleCase.InMethod(
        "ENV0025", $"[Predict] public int [|Predict|](int x) => x; {wrong}", $"{Right} {right}", call, "", "Predict", "PredictExample", "another member of 'Model'");

    private static RuleCase Method(string id, string wrong, string call, params object[] arguments) =>
        RuleCase.InMethod(id, wrong, Right, call, "", arguments);
}
