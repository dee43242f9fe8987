namespace EnvelopeSdk.Tests.Sources;

/// <summary>Answers of predict methods that cannot be served.</summary>
internal static class ReturnCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("object", "object", "it could be anything, so no schema says what to send; declare a record with the members it has, or JsonElement for a value that is really open"),
        Type("System.Threading.Tasks.Task<int>", "Task<int>", "asynchronous predict methods are not served; return the value itself"),
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
