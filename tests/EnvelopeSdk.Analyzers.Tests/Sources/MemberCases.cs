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
            "S", "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S;",
            "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S;",
            "S sets UnknownDerivedTypeHandling of [JsonPolymorphic], which is not served; leave it out"),
        Type("C", "public class C { [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public List<int> X { get; } = []; }", "public class C { public List<int> X { get; set; } = []; }", "its member 'X' is populated rather than set; leave [JsonObjectCreationHandling] out, and give it a setter"),
        Type("C", "[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public class C { public List<int> X { get; } = []; }", "[JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] public class C { public List<int> X { get; set; } = []; }", "the members of C are populated rather than set; leave [JsonObjectCreationHandling] out, and give them setters"),
        Type("C", "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)] public class C { public int X { get; set; } }", "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] public class C { public int X { get; set; } }", "C asks to pass over members that it does not have, which a service refuses so that no misspelt one is lost; leave [JsonUnmappedMemberHandling] out, or take them with [JsonExtensionData]"),
        Type("E", "public enum E { A, [JsonStringEnumMemberName(\"A\")] B }", "public enum E { A, [JsonStringEnumMemberName(\"C\")] B }", "two values of E are called 'A' in JSON", "default"),
    ];

    private static RuleCase Type(string type, string wrong, string right, string reason, string value = "null!") =>
        DeclarationCases.Type("ENV0021", type, wrong, right, reason, value);
}
