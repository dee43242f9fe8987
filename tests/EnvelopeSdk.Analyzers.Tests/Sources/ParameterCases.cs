namespace EnvelopeSdk.Tests.Sources;

/// <summary>Parameters of predict methods that cannot be served, whatever the type is declared as.</summary>
internal static class ParameterCases
{
    private static readonly string[] Modifiers = ["ref", "in", "out", "ref readonly"];

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        RuleCase.InMethod(
            "ENV0022", "[Predict] public unsafe int Predict(int* [|p|]) => *p;", "[Predict] public unsafe int Predict(int p) => p;",
            "model.PredictExample(&x)", "", "parameter 'p'", "int*", Reasons.Address),
        RuleCase.InMethod(
            "ENV0007", "[Predict] public int Predict(object [|x|], int y = 1, params int[] z) => y;", "[Predict] public int Predict(int x, int y = 1, params int[] z) => y;",
            "model.PredictExample(1)", "", "parameter 'x'", "object", Reasons.Anything),
        RuleCase.InMethod(
            "ENV0006", "[Predict] public int Predict(R [|r|]) => 1; private record R(int X);", "[Predict] public int Predict(R r) => 1; public record R(int X);",
            "", "", "parameter 'r'", "R", "R is not public, so a service cannot use it") with { OwnErrors = ["CS0051"] },

        RuleCase.InMethod(
            "ENV0006", "[Predict] public int Predict(System.Threading.CancellationToken a, System.Threading.CancellationToken [|b|]) => 1;", "[Predict] public int Predict(System.Threading.CancellationToken a) => 1;",
            "model.PredictExample(default, default)", "", "parameter 'b'", "CancellationToken", "the method has one already, and all are cancelled at once; leave it out"),
        RuleCase.InMethod(
            "ENV0020", "[Predict] public int Predict([System.ComponentModel.DataAnnotations.Required] string? [|x|]) => 1;", "[Predict] public int Predict([System.ComponentModel.DataAnnotations.Required] string x) => 1;",
            "model.PredictExample(null)", "", "parameter 'x'", "string?", Reasons.Unsaid("Required", "x", "string?")),

        // B contains the refused A: what is known of B must not outlive A.
        RuleCase.InMethod(
            "ENV0007", "[Predict] public int First(A [|a|]) => 1; [Predict] public int Second(C c) => 1;", "[Predict] public int Second(C c) => 1;",
            "model.FirstExample(null!)", "public record A(B? B, object Bad); public record B(A? A); public record C(int X);",
            "parameter 'a'", "A", $"of its member 'Bad' of type object: {Reasons.Anything}") with { Served = ["second"] },
        .. ByReference(),
    ];

    private static IEnumerable<RuleCase> ByReference() => Modifiers.Select(modifier =>
        RuleCase.InMethod(
            "ENV0008", $"[Predict] public int Predict({modifier} int [|x|]) {{ {(modifier == "out" ? "x = 1;" : "")} return 1; }}", "[Predict] public int Predict(int x) => x;",
            modifier == "out" ? "model.PredictExample(out _)" : $"model.PredictExample({modifier.Split(' ')[0]} x)", "", "x", modifier));
}
