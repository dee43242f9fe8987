namespace EnvelopeSdk.Tests.Sources;

/// <summary>Tables where their columns would not be known.</summary>
internal static class TableCases
{
    private const string Nested = "it is a table, whose columns are known only where it is a parameter of a predict method or its whole answer";
    private const string Framework =
        """
        [assembly: EnvelopeSdk.Authoring.TableCodec(typeof(F), typeof(C))]
        public class F;
        public class C : EnvelopeSdk.Authoring.ITableCodec<F> { public EnvelopeSdk.Tables.TableData ToData(F table) => null!; public F FromData(EnvelopeSdk.Tables.TableData data) => null!; }
        public record R(F Rows);
        """;

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Parameter("List<F>", "F", $"of its items of type F: {Nested}"),
        Parameter("F[]", "F", $"of its items of type F: {Nested}"),
        Parameter("Dictionary<string, F>", "F", $"of its values of type F: {Nested}"),
        Parameter("R", "F", $"of its member 'Rows' of type F: {Nested}"),
        Parameter("R?", "F?", $"of its member 'Rows' of type F: {Nested}"),
        RuleCase.InMethod(
            "ENV0006", "[Predict] public (F Rows, int Count) [|Predict|](int x) => default;", "[Predict] public F Predict(int x) => new();",
            "model.PredictExample(1)", Framework, "answer of 'Predict'", "(F Rows, int Count)", $"of its element 'Rows' of type F: {Nested}"),
        RuleCase.InMethod(
            "ENV0006", "[Predict] public IAsyncEnumerable<F> [|Predict|](int x) => null!;", "[Predict] public System.Threading.Tasks.Task<F> Predict(int x) => null!;",
            "model.PredictExampleAsync(1)", Framework, "answer of 'Predict'", "IAsyncEnumerable<F>", Nested),
    ];

    private static RuleCase Parameter(string wrong, string right, string reason) => RuleCase.InMethod(
        "ENV0006", $"[Predict] public int Predict({wrong} [|x|]) => 1;", $"[Predict] public int Predict({right} x) => 1;",
        "model.PredictExample(null!)", Framework, "parameter 'x'", wrong, reason);
}
