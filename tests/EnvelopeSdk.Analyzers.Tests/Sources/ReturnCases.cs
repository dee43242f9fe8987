namespace EnvelopeSdk.Tests.Sources;

/// <summary>Answers of predict methods that cannot be served.</summary>
internal static class ReturnCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("object", "object", "it could be anything, so no schema says what to send; declare a record with the members it has, or JsonElement for a value that is really open"),
        Type("IAsyncEnumerable<int>", "IAsyncEnumerable<int>", "streams of answers are not served; return the items as a list"),
        RuleCase.InMethod(
            "ENV0007", "[Predict] public System.Threading.Tasks.Task<object> [|PredictAsync|](int x) => throw new NotSupportedException();", "[Predict] public System.Threading.Tasks.Task<int> PredictAsync(int x) => throw new NotSupportedException();",
            "model.PredictExampleAsync(1).GetAwaiter()", "", "PredictAsync", "Task<object>", "it could be anything, so no schema says what to send; declare a record with the members it has, or JsonElement for a value that is really open"),
        RuleCase.InMethod(
            "ENV0009", "[Predict] public System.Threading.Tasks.ValueTask [|Predict|](int x) => default;", "[Predict] public System.Threading.Tasks.ValueTask<int> Predict(int x) => default;", "model.PredictExample(1)", "", "Predict"),
        Type("(int, int)", "(int, int)", "its elements have no names, so JSON has none for its members; name them, as in (float Low, float High)"),
        RuleCase.InMethod(
            "ENV0007", "private int _x; [Predict] public ref int [|Predict|](int x) => ref _x;", "private int _x; [Predict] public int Predict(int x) => _x = x;",
            "model.PredictExample(1)", "", "Predict", "int", "it is returned by reference"),
        RuleCase.InMethod(
            "ENV0009", "[Predict] public void [|Predict|](int x) { }", "[Predict] public int Predict(int x) => x;", "model.PredictExample(1)", "", "Predict"),
    ];

    private static RuleCase Type(string type, string readable, string reason) => RuleCase.InMethod(
        "ENV0007", $"[Predict] public {type} [|Predict|](int x) => throw new NotSupportedException();", "[Predict] public int Predict(int x) => throw new NotSupportedException();",
        "model.PredictExample(1)", "", "Predict", readable, reason);
}
