namespace EnvelopeSdk.Tests.Sources;

/// <summary>Parameters of predict methods that cannot be served.</summary>
internal static class ParameterCases
{
    private const string NotServed =
        "it is none of the types that can be served: bool, the integer and floating-point types, decimal, string, enums, records, and arrays and List<T> of these";

    private const string Anything = "it could be anything, so no schema says what to send";
    private const string Address = "it is an address, which JSON cannot carry";

    private static readonly string[] Modifiers = ["ref", "in", "out", "ref readonly"];

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("object", Anything, "1"),
        Type("dynamic", Anything, "1"),
        Type("DateTime", NotServed, "DateTime.Now"),
        Type("char", NotServed, "'a'"),
        Type("IReadOnlyList<int>", NotServed, "[]"),
        Type("(int, int)", NotServed, "(1, 2)"),
        Type("int[,]", "arrays of several dimensions are not served; use an array of arrays", "new int[1, 1]"),
        Type("Action", "it is code, which JSON cannot carry", "() => { }"),
        Type("Span<int>", Address, "default"),
        Type("List<object>", $"of its items of type object: {Anything}", "[]"),
        Type("DateTime?[]", $"of its items of type DateTime?: {NotServed}", "[]"),
        Type("Undefined", "it is not defined", "default") with { OwnErrors = ["CS0246"] },
        Type("C", NotServed, "new()", "public class C;"),
        Type("E", "E is a [Flags] enum, whose combinations are not served; use a record of booleans", "default", "[Flags] public enum E { A }"),
        Type("E", "E declares no value", "default", "public enum E;"),
        Type("E", "E has a JSON converter that cannot be read at build time; only JsonStringEnumConverter can", "default", "[JsonConverter(typeof(JsonNumberEnumConverter<E>))] public enum E { A }"),
        Type("R", "R is abstract", "null!", "public abstract record R(int X);"),
        Type("R", "R is derived from B; only records without a base are served", "null!", "public record B(int X); public record R(int X) : B(X);"),
        Type("R", "R has several public constructors, so none is the one to call", "null!", "public record R(int X) { public R() : this(1) { } }"),
        Type("R", "the constructor parameter 'x' of R has no public property of the same name and type, so it could not be written back", "null!", "public record R { public R(int x) => X = x; public int X { get; } }"),
        Type("R", "two members of R are called 'x' in JSON", "null!", "public record R(int X) { public int x { get; init; } }"),
        Type("R", $"of its member 'X' of type object: {Anything}", "null!", "public record R(object X);"),
        Type("R", $"of its member 'X' of type object: {Anything}", "null!", "public record R { public object X { get; set; } = 1; }"),
        RuleCase.InMethod("ENV0006", "[Predict] public unsafe int Predict(int* [|p|]) => *p;", "[Predict] public unsafe int Predict(int p) => p;", "model.PredictExample(&x)", "", "p", "int*", Address),
        RuleCase.InMethod("ENV0006", "[Predict] public int Predict(object [|x|], int y = 1, params int[] z) => y;", "[Predict] public int Predict(int x, int y = 1, params int[] z) => y;", "model.PredictExample(1)", "", "x", "object", Anything),
        RuleCase.InMethod("ENV0006", "[Predict] public int Predict(R [|r|]) => 1; private record R(int X);", "[Predict] public int Predict(R r) => 1; public record R(int X);", "", "", "r", "R", "R is not public, so a service cannot use it") with { OwnErrors = ["CS0051"] },

        // B contains the refused A: what is known of B must not outlive A.
        RuleCase.InMethod(
            "ENV0006", "[Predict] public int First(A [|a|]) => 1; [Predict] public int Second(C c) => 1;", "[Predict] public int Second(C c) => 1;",
            "model.FirstExample(null!)", "public record A(B? B, object Bad); public record B(A? A); public record C(int X);",
            "a", "A", $"of its member 'Bad' of type object: {Anything}") with { Served = ["second"] },
        .. ByReference(),
    ];

    private static IEnumerable<RuleCase> ByReference() => Modifiers.Select(modifier =>
        RuleCase.InMethod(
            "ENV0008", $"[Predict] public int Predict({modifier} int [|x|]) {{ {(modifier == "out" ? "x = 1;" : "")} return 1; }}", "[Predict] public int Predict(int x) => x;",
            modifier == "out" ? "model.PredictExample(out _)" : $"model.PredictExample({modifier.Split(' ')[0]} x)", "", "x", modifier));

    private static RuleCase Type(string type, string reason, string value, string declarations = "") => RuleCase.InMethod(
        "ENV0006", $"[Predict] public int Predict({type} [|x|]) => 1;", "[Predict] public int Predict(int x) => 1;",
        $"model.PredictExample({value})", declarations, "x", type, reason);
}
