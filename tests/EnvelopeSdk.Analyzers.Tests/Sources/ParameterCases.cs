namespace EnvelopeSdk.Tests.Sources;

/// <summary>Parameters of predict methods that cannot be served.</summary>
internal static class ParameterCases
{
    private const string Unknown = "no JSON form of it is known; use a record of what it holds";
    private const string Anything = "it could be anything, so no schema says what to send; declare a record with the members it has, or JsonElement for a value that is really open";
    private const string Address = "it is an address, which JSON cannot carry; use an array";
    private const string Unnamed = "its elements have no names, so JSON has none for its members; name them, as in (float Low, float High)";

    private static readonly string[] Modifiers = ["ref", "in", "out", "ref readonly"];

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("object", Anything, "1"),
        Type("dynamic", Anything, "1"),
        Type("(int, int)", Unnamed, "(1, 2)"),
        Type("(int A, int)", Unnamed, "(1, 2)"),
        Type("System.IO.Stream", Unknown, "null!", readable: "Stream"),
        Type("Type", Unknown, "null!"),
        Type("Exception", Unknown, "null!"),
        Type("System.Text.StringBuilder", Unknown, "null!", readable: "StringBuilder"),
        Type("System.Globalization.CultureInfo?", Unknown, "null!", readable: "CultureInfo?"),
        Type("Dictionary<double, int>", NoKey("double"), "[]"),
        Type("Dictionary<int?, int>", NoKey("int?"), "[]") with { OwnErrors = ["CS8714"] },
        Type("Dictionary<F, int>", NoKey("F"), "[]", "[Flags] public enum F { A }"),
        Type("Dictionary<string, object>", $"of its values of type object: {Anything}", "[]"),
        Type("object[,]", $"of its items of type object: {Anything}", "new object[1, 1]"),
        Type("Action", "it is code, which JSON cannot carry", "() => { }"),
        Type("Span<int>", Address, "default"),
        Type("List<object>", $"of its items of type object: {Anything}", "[]"),
        Type("Undefined", "it is not defined", "default") with { OwnErrors = ["CS0246"] },
        Type("I", "I is an interface, so it could be anything; mark it with [JsonDerivedType] for each class that it stands for", "null!", "public interface I;"),
        Type("C", "C is a collection of its own, whose items System.Text.Json would write without its members; use List<T> or a record that has one", "[]", "public class C : List<int>;"),
        Type("C", "its public field 'X' would not be serialized; make it a property, or mark it with [JsonInclude]", "null!", "public class C { public int X; }"),
        Type("C", "C has no public constructor", "null!", "public class C { internal C() { } }"),
        Type("C", "C has a JSON converter, which cannot be read at build time; use a record without it", "null!", "[JsonConverter(typeof(JsonStringEnumConverter))] public class C;"),
        Type("C", "its member 'X' has a JSON converter, which cannot be read at build time; use a type without it", "null!", "public class C { [JsonConverter(typeof(JsonStringEnumConverter))] public int X { get; set; } }"),
        Type("C", "its member 'X' has [JsonIgnore] with a condition, so no schema says when it is there; use Always or Never", "null!", "public class C { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? X { get; set; } }"),
        Type("C", "its member 'X' has [JsonInclude] but is not public, so generated code cannot reach it", "null!", "public class C { [JsonInclude] internal int X { get; set; } }"),
        Type("C", "its member 'X' has [JsonExtensionData]; make it a Dictionary<string, JsonElement> that can be set", "null!", "public class C { [JsonExtensionData] public Dictionary<string, object>? X { get; set; } }"),
        Type("R", "its member 'X' has [JsonIgnore], but the constructor needs it", "null!", "public record R([property: JsonIgnore] int X);"),
        Type("R", "every value of R contains another one, so none can be written; make a member of it nullable", "null!", "public class R { public required R Next { get; set; } }"),
        Type("A", "every value of A contains another one, so none can be written; make a member of it nullable", "null!", "public record A(B B); public record B(A A);"),
        Type("S", "the derived type C has no discriminator, so a caller could not say that it is meant; give [JsonDerivedType] a second argument", "null!", "[JsonDerivedType(typeof(C))] public abstract class S; public class C : S;"),
        Type("S", "two types derived from S have the same discriminator", "null!", "[JsonDerivedType(typeof(C), 1), JsonDerivedType(typeof(D), 1)] public abstract class S; public class C : S; public class D : S;"),
        Type("S", $"of the derived type C: of its member 'X' of type object: {Anything}", "null!", "[JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S { public object X { get; set; } = 1; }"),
        Type("S", "S sets UnknownDerivedTypeHandling of [JsonPolymorphic], which is not served; leave it out", "null!", "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S;"),
        Type("E", "two values of E are called 'A' in JSON", "default", "public enum E { A, [JsonStringEnumMemberName(\"A\")] B }"),
        Type("E", "E declares no value", "default", "public enum E;"),
        Type("E", "E has a JSON converter that cannot be read at build time; only JsonStringEnumConverter can", "default", "[JsonConverter(typeof(JsonNumberEnumConverter<E>))] public enum E { A }"),
        Type("R", "R is abstract; mark it with [JsonDerivedType] for each class that it stands for", "null!", "public abstract record R(int X);"),
        Type("R", "R has several public constructors, so none is the one to call; mark it with [JsonConstructor]", "null!", "public class R { public R(int x) { } public R(string x) { } }"),
        Type("R", "the constructor parameter 'y' of R has no public property of the same name and type, so it could not be written back", "null!", "public record R { public R(int y) => X = y; public int X { get; } }"),
        Type("R", "the constructor parameter 'x' of R has no public property of the same name and type, so it could not be written back", "null!", "public record R { public R(long x) => X = (int)x; public int X { get; } }"),
        Type("R", "two members of R are called 'x' in JSON", "null!", "public record R(int X) { public int x { get; init; } }"),
        Type("R", $"of its member 'X' of type object: {Anything}", "null!", "public record R(object X);"),
        Type("R", $"of its member 'X' of type object: {Anything}", "null!", "public record R { public object X { get; set; } = 1; }"),
        RuleCase.InMethod("ENV0006", "[Predict] public unsafe int Predict(int* [|p|]) => *p;", "[Predict] public unsafe int Predict(int p) => p;", "model.PredictExample(&x)", "", "p", "int*", Address),
        RuleCase.InMethod("ENV0006", "[Predict] public int Predict(object [|x|], int y = 1, params int[] z) => y;", "[Predict] public int Predict(int x, int y = 1, params int[] z) => y;", "model.PredictExample(1)", "", "x", "object", Anything),
        RuleCase.InMethod("ENV0006", "[Predict] public int Predict(R [|r|]) => 1; private record R(int X);", "[Predict] public int Predict(R r) => 1; public record R(int X);", "", "", "r", "R", "R is not public, so a service cannot use it") with { OwnErrors = ["CS0051"] },

        RuleCase.InMethod(
            "ENV0006", "[Predict] public int Predict(System.Threading.CancellationToken a, System.Threading.CancellationToken [|b|]) => 1;", "[Predict] public int Predict(System.Threading.CancellationToken a) => 1;",
            "model.PredictExample(default, default)", "", "b", "CancellationToken", "the method has one already, and all are cancelled at once; leave it out"),

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

    private static string NoKey(string type) =>
        $"its keys of type {type} cannot be the member names of a JSON object; use string, an integer type, Guid or an enum without [Flags]";

    private static RuleCase Type(string type, string reason, string value, string declarations = "", string? readable = null) => RuleCase.InMethod(
        "ENV0006", $"[Predict] public int Predict({type} [|x|]) => 1;", "[Predict] public int Predict(int x) => 1;",
        $"model.PredictExample({value})", declarations, "x", readable ?? type, reason);
}
