namespace EnvelopeSdk.Tests.Sources;

/// <summary>Types whose members JSON and C# disagree about, and the nearest declaration of which there is one reading (ENV0021).</summary>
internal static class MemberCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("C", "public class C : List<int>;", "public class C { public required List<int> Items { get; set; } }", "C is a collection of its own, whose items System.Text.Json would write without its members; use List<T> or a record that has one"),
        Type("C", "public class C { public int X; }", "public class C { [JsonInclude] public int X; }", "its public field 'X' would not be serialized; make it a property, or mark it with [JsonInclude]"),
        Type("C", "public class C { internal C() { } }", "public class C { public C() { } }", "C has no public constructor"),
        Type("R", "public class R { public R(int x) => X = x; public R(string x) => X = x.Length; public int X { get; } }", "public class R { [JsonConstructor] public R(int x) => X = x; public R(string x) => X = x.Length; public int X { get; } }", "R has several public constructors, so none is the one to call; mark it with [JsonConstructor]"),
        Type("R", "public class R { public R() { } [JsonConstructor] internal R(int x) => X = x; public int X { get; } }", "public class R { public R() { } [JsonConstructor] public R(int x) => X = x; public int X { get; } }", "[JsonConstructor] of R must be on one constructor, and that must be public"),
        Type("R", "public record R { public R(int y) => X = y; public int X { get; } }", "public record R { public R(int x) => X = x; public int X { get; } }", "the constructor parameter 'y' of R has no public property of the same name and type, so it could not be written back"),
        Type("R", "public record R { public R(long x) => X = (int)x; public int X { get; } }", "public record R { public R(long x) => X = x; public long X { get; } }", "the constructor parameter 'x' of R has no public property of the same name and type, so it could not be written back"),
        Type("C", "public class C { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? X { get; set; } }", "public class C { [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string? X { get; set; } }", "its member 'X' has [JsonIgnore] with a condition, so no schema says when it is there; use Always or Never"),
        Type("R", "public record R([property: JsonIgnore] int X);", "public record R(int X);", "its member 'X' has [JsonIgnore], but the constructor needs it"),
        Type("C", "public class C { [JsonInclude] internal int X { get; set; } }", "public class C { [JsonInclude] public int X { get; set; } }", "its member 'X' has [JsonInclude] but is not public, so generated code cannot reach it"),
        Type("C", "public class C { [JsonExtensionData] public Dictionary<string, object>? X { get; set; } }", "public class C { [JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement>? X { get; set; } }", "its member 'X' has [JsonExtensionData]; make it a Dictionary<string, JsonElement> that can be set"),
        Type("R", "public record R(int X) { public int x { get; init; } }", "public record R(int X) { public int y { get; init; } }", "two members of R are called 'x' in JSON"),
        Type("S", "[JsonDerivedType(typeof(C))] public abstract class S; public class C : S;", "[JsonDerivedType(typeof(C), \"c\")] public abstract class S; public class C : S;", "the derived type C has no discriminator, so a caller could not say that it is meant; give [JsonDerivedType] a second argument"),
        Type("S", "[JsonDerivedType(typeof(C), 1), JsonDerivedType(typeof(D), 1)] public abstract class S; public class C : S; public class D : S;", "[JsonDerivedType(typeof(C), 1), JsonDerivedType(typeof(D), 2)] public abstract class S; public class C : S; public class D : S;", "two types derived from S have the same discriminator"),
        Type(
            "S", "[JsonDerivedType(typeof(C), 1), JsonDerivedType(typeof(D), 2), JsonDerivedType(typeof(F), 1)] public abstract class S; public class C : S; public class D : S; public class F : S;",
            "[JsonDerivedType(typeof(C), 1), JsonDerivedType(typeof(D), 2), JsonDerivedType(typeof(F), \"1\")] public abstract class S; public class C : S; public class D : S; public class F : S;",
            "two types derived from S have the same discriminator"),
        Type(
            "S", "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"x\"), JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S { public int X { get; set; } }",
            "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S { public int X { get; set; } }",
            "of the derived type C: two members of C are called 'x' in JSON"),
        Type(
            "S", "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S;",
            "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S;",
            "S sets UnknownDerivedTypeHandling of [JsonPolymorphic], which is not served; leave it out"),
        Type("C", "public class C { [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public List<int> X { get; } = []; }", "public class C { public List<int> X { get; set; } = []; }", "its member 'X' is populated rather than set; leave [JsonObjectCreationHandling] out, and give it a setter"),
        Type("C", "[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public class C { public List<int> X { get; } = []; }", "[JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] public class C { public List<int> X { get; set; } = []; }", "the members of C are populated rather than set; leave [JsonObjectCreationHandling] out, and give them setters"),
        Type("C", "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)] public class C { public int X { get; set; } }", "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] public class C { public int X { get; set; } }", "C asks to pass over members that it does not have, which a service refuses so that no misspelt one is lost; leave [JsonUnmappedMemberHandling] out, or take them with [JsonExtensionData]"),
        Type("E", "public enum E { A, [JsonStringEnumMemberName(\"A\")] B }", "public enum E { A, [JsonStringEnumMemberName(\"C\")] B }", "two values of E are called 'A' in JSON", "default"),
        Type("C", "public class C { [JsonInclude] public int X { get; private set; } }", "public class C { public int X { get; private set; } }", "its member 'X' has [JsonInclude] but an accessor that is not public, so generated code cannot reach it; make it public, or leave [JsonInclude] out"),
        Type("C", "public class C { [JsonInclude] public int X { get; internal set; } }", "public class C { public int X { get; internal set; } }", "its member 'X' has [JsonInclude] but an accessor that is not public, so generated code cannot reach it; make it public, or leave [JsonInclude] out"),
        Type("C", "public class C { [JsonInclude] public int X { get; protected init; } }", "public class C { public int X { get; protected init; } }", "its member 'X' has [JsonInclude] but an accessor that is not public, so generated code cannot reach it; make it public, or leave [JsonInclude] out"),
        Type("C", "public class C { [JsonInclude] public int X { private get; set; } }", "public class C { [JsonInclude] public int X { get; set; } }", "its member 'X' has [JsonInclude] but an accessor that is not public, so generated code cannot reach it; make it public, or leave [JsonInclude] out"),
        Type("R", "public class R(int x) { public int X { private get; set; } = x; }", "public class R(int x) { public int X { get; private set; } = x; }", "the constructor parameter 'x' of R has no public property of the same name and type, so it could not be written back"),
        Type("R", "public record R([property: JsonPropertyName(\"\\ud800\")] int X);", "public record R([property: JsonPropertyName(\"\\ud83d\\ude00\")] int X);", "the name of a member of R has half of a surrogate pair, which JSON cannot carry; give it another [JsonPropertyName]"),
        Type("E", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum E { [JsonStringEnumMemberName(\"\\ud800\")] A, B }", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum E { [JsonStringEnumMemberName(\"\\ud83d\\ude00\")] A, B }", "the name of a value of E has half of a surrogate pair, which JSON cannot carry; give it another [JsonStringEnumMemberName]", "default"),
        Type("S", "[JsonDerivedType(typeof(C), \"\\ud800\")] public abstract class S; public class C : S;", "[JsonDerivedType(typeof(C), \"\\ud83d\\ude00\")] public abstract class S; public class C : S;", "the discriminator of the derived type C has half of a surrogate pair, which JSON cannot carry; give [JsonDerivedType] another second argument"),
        Type("R", "public record R([property: Obsolete(\"\", true)] int X);", "public record R([property: Obsolete(\"\", false)] int X);", Forbidden("its member 'X'")),
        Type("C", "public class C { [Obsolete(\"\", true)] public int X { get; set; } }", "public class C { [Obsolete(\"\", true), JsonIgnore] public int X { get; set; } }", Forbidden("its member 'X'")),
        Type("C", "public class C { public int X { get; [Obsolete(\"\", true)] set; } }", "public class C { public int X { get; [Obsolete] set; } }", Forbidden("its member 'X'")),
        Type("C", "public class C : B { public override int X { get; set; } } public class B { [Obsolete(\"\", true)] public virtual int X { get; set; } }", "public class C : B { public override int X { get; set; } } public class B { public virtual int X { get; set; } }", Forbidden("its member 'X'")),
        Type("C", "public class C { [Obsolete(\"\", true)] public C() { } }", "public class C { [Obsolete(\"\")] public C() { } }", Forbidden("the constructor of C")),
        Type("E", "public enum E { A, [Obsolete(\"\", true)] B }", "public enum E { A, [Obsolete] B }", Forbidden("the value 'B' of E"), "default"),
        RuleCase.InMethod(
            "ENV0021", "[Predict, Obsolete(\"\", true)] public int [|Predict|](int x) => x;", "[Predict, Obsolete(\"\", false)] public int Predict(int x) => x;",
            "model.PredictExample(1)", "", "answer of 'Predict'", "int", Forbidden("the method")),
    ];

    private static string Forbidden(string what) => $"{what} is marked [Obsolete] as an error, so generated code cannot use it; make it a warning";

    private static RuleCase Type(string type, string wrong, string right, string reason, string value = "null!") =>
        DeclarationCases.Type("ENV0021", type, wrong, right, reason, value);
}
