namespace EnvelopeSdk.Tests.Sources;

/// <summary>Answers of predict methods that cannot be served: of each family one, and those that only an answer can be.</summary>
internal static class ReturnCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("ENV0006", "List<IAsyncEnumerable<int>>", "IAsyncEnumerable<int>", "List<IAsyncEnumerable<int>>", $"of its items of type IAsyncEnumerable<int>: {Reasons.OnlyWhole}"),
        Type("ENV0006", "System.Numerics.Tensors.Tensor<int>", "int[,]", "Tensor<int>", Reasons.NoRank),
        Awaited("ENV0006", "System.Threading.Tasks.Task<IAsyncEnumerable<int>>", "Task<IAsyncEnumerable<int>>", Reasons.OnlyWhole),
        Awaited("ENV0006", "System.Threading.Tasks.Task<int>?", "Task<int>?", Reasons.Nothing),
        Awaited("ENV0006", "IAsyncEnumerable<int>?", "IAsyncEnumerable<int>?", Reasons.Nothing),
        Awaited("ENV0007", "IAsyncEnumerable<object>", "IAsyncEnumerable<object>", Reasons.Anything),
        Type("ENV0007", "object", "int", "object", Reasons.Anything),
        Type("ENV0017", "(int, int)", "(int Low, int High)", "(int, int)", Reasons.Unnamed),
        Declared("ENV0018", "public class R { public required R Next { get; set; } }", "public class R { public R? Next { get; set; } }", Reasons.Endless("R")),
        Declared("ENV0019", "[JsonConverter(typeof(JsonStringEnumConverter))] public class R;", "public class R;", "R has a JSON converter, which cannot be read at build time; use a record without it"),
        Declared("ENV0020", "public record R([property: System.ComponentModel.DataAnnotations.Phone] string X);", "public record R(string X);", Reasons.Unsaid("Phone", "X", "string")),
        Declared("ENV0021", "public class R { public int X; }", "public class R { public int X { get; set; } }", "its public field 'X' would not be serialized; make it a property, or mark it with [JsonInclude]"),
        Type("ENV0022", "System.IO.Stream", "byte[]", "Stream", Reasons.Resource),
        Type("ENV0023", "Dictionary<double, int>", "Dictionary<string, int>", "Dictionary<double, int>", Reasons.NoKey("double")),
        RuleCase.InMethod(
            "ENV0022", "private int _x; [Predict] public ref int [|Predict|](int x) => ref _x;", "private readonly int _x = 1; [Predict] public int Predict(int x) => _x + x;",
            "model.PredictExample(1)", "", "answer of 'Predict'", "int", "it is returned by reference, which JSON cannot carry; return the value"),
        RuleCase.InMethod(
            "ENV0007", "[Predict] public System.Threading.Tasks.Task<object> [|PredictAsync|](int x) => throw new NotSupportedException();", "[Predict] public System.Threading.Tasks.Task<int> PredictAsync(int x) => throw new NotSupportedException();",
            "model.PredictExampleAsync(1).GetAwaiter()", "", "answer of 'PredictAsync'", "Task<object>", Reasons.Anything),
        RuleCase.InMethod(
            "ENV0009", "[Predict] public System.Threading.Tasks.ValueTask [|Predict|](int x) => default;", "[Predict] public System.Threading.Tasks.ValueTask<int> Predict(int x) => default;", "model.PredictExample(1)", "", "Predict"),
        RuleCase.InMethod(
            "ENV0009", "[Predict] public void [|Predict|](int x) { }", "[Predict] public int Predict(int x) => x;", "model.PredictExample(1)", "", "Predict"),
    ];

    private static RuleCase Awaited(string id, string wrong, string readable, string reason) => RuleCase.InMethod(
        id, Method(wrong, "[|PredictAsync|]"), Method("IAsyncEnumerable<int>", "PredictAsync"), "model.PredictExampleAsync(1).GetAwaiter()", "", "answer of 'PredictAsync'", readable, reason);

    private static RuleCase Type(string id, string wrong, string right, string readable, string reason) =>
        RuleCase.InMethod(id, Method(wrong, "[|Predict|]"), Method(right, "Predict"), "model.PredictExample(1)", "", "answer of 'Predict'", readable, reason);

    private static RuleCase Declared(string id, string wrong, string right, string reason) =>
        RuleCase.Declared(id, Method("R", "[|Predict|]"), Method("R", "Predict"), "model.PredictExample(1)", wrong, right, "answer of 'Predict'", "R", reason);

    private static string Method(string type, string name) => $"[Predict] public {type} {name}(int x) => throw new NotSupportedException();";
}
