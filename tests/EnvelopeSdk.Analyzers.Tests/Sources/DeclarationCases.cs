namespace EnvelopeSdk.Tests.Sources;

/// <summary>Types of a user's own that cannot be served, and the nearest declaration that can.</summary>
internal static class DeclarationCases
{
    private const string Annotations = "System.ComponentModel.DataAnnotations.";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("ENV0006", "E", "public enum E;", "public enum E { A }", "E declares no value", "default"),
        Type("ENV0007", "I", "public interface I;", "[JsonDerivedType(typeof(C), 1)] public interface I; public class C : I;", "I is an interface, so it could be anything; mark it with [JsonDerivedType] for each class that it stands for"),
        Type("ENV0007", "R", "public abstract record R(int X);", "public record R(int X);", "R is abstract, so it could be anything; mark it with [JsonDerivedType] for each class that it stands for"),
        Type("ENV0007", "R", "public record R(object X);", "public record R(int X);", $"of its member 'X' of type object: {Reasons.Anything}"),
        Type("ENV0007", "R", "public record R { public object X { get; set; } = 1; }", "public record R { public int X { get; set; } = 1; }", $"of its member 'X' of type object: {Reasons.Anything}"),
        Type(
            "ENV0007", "S", "[JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S { public object X { get; set; } = 1; }", "[JsonDerivedType(typeof(C), 1)] public abstract class S; public class C : S { public int X { get; set; } = 1; }",
            $"of the derived type C: of its member 'X' of type object: {Reasons.Anything}"),
        Type("ENV0018", "R", "public class R { public required R Next { get; set; } }", "public class R { public required R? Next { get; set; } }", Reasons.Endless("R")),
        Type(
            "ENV0018", "S", "[JsonDerivedType(typeof(C), 1)] public abstract record S; public record C(S X) : S;", "[JsonDerivedType(typeof(C), 1), JsonDerivedType(typeof(D), 2)] public abstract record S; public record C(S X) : S; public record D : S;",
            Reasons.Endless("S")),
        Type("ENV0018", "A", "public record A(B B); public record B(A A);", "public record A(B B); public record B(A[] A);", Reasons.Endless("A")),
        Growing("Grow<int>", "record Grow<T>(T V, Grow<List<T>>? Next)", "record Grow<T>(T V, Grow<T>? Next)", "Grow<T>", "T"),
        Growing("Grow<int>", "record Grow<T>(T[] V, Grow<T[]>[] Next)", "record Grow<T>(T[] V, Grow<T>[] Next)", "Grow<T>", "T"),
        Growing("Grow<int>", "record Grow<T>(Grow<(T A, T B)>? Next)", "record Grow<T>((T A, Grow<T>? B)? Next)", "Grow<T>", "T"),
        Growing("Grow<int>", "record Grow<T>(Grow<Dictionary<string, T[][]>>? Next)", "record Grow<T>(Dictionary<string, Grow<T>[]>? Next)", "Grow<T>", "T"),
        Growing("Grow<int>", "record Grow<T>(KeyValuePair<string, Grow<KeyValuePair<T, T>>>[] Next)", "record Grow<T>(KeyValuePair<string, Grow<T>>[] Next)", "Grow<T>", "T"),
        Growing("Grow<int>", "record struct Grow<T>(Grow<Grow<T>>[] Next)", "record struct Grow<T>(Grow<T>[] Next)", "Grow<T>", "T"),
        Growing("A<int>", "record A<T>(B<T[]>? N); public record B<T>(A<T>? N)", "record A<T>(B<T>? N); public record B<T>(A<T>? N)", "A<T>", "T"),
        Growing("A<int>", "record A<T>(B<T?>? N) where T : struct; public record B<T>(C<T>? N); public record C<T>(B<List<T>>? N)", "record A<T>(B<T?>? N) where T : struct; public record B<T>(C<T>? N); public record C<T>(B<T>? N)", "C<T>", "T"),
        Growing("D<int>", "record B<T>(D<T>? N); public record D<T>(int X) : B<T[]>(N: null)", "record B<T>(D<T>? N); public record D<T>(int X) : B<T>(N: null)", "D<T>", "T"),
        Growing("O<int>.I", "class O<T> { public record I(int X, O<T[]>.I? N); }", "class O<T> { public record I(int X, O<T>.I? N); }", "O<T>", "T", "I"),
        Growing("P<int, string>", "record P<T, U>(P<U, T>? Swapped, P<T, U[]>? N)", "record P<T, U>(P<U, T>? Swapped, P<T, int[]>? N)", "P<T, U>", "U"),
        Type(
            "ENV0018", "S", "[JsonDerivedType(typeof(C<int>), 1)] public abstract record S; public record C<T>(int X, C<T[]>? N) : S;", "[JsonDerivedType(typeof(C<int>), 1)] public abstract record S; public record C<T>(int X, C<T>? N) : S;",
            $"of the derived type C: {Reasons.Growing("C<T>", "T")}"),
        Type("ENV0019", "C", "[JsonConverter(typeof(JsonStringEnumConverter))] public class C;", "public class C;", "C has a JSON converter, which cannot be read at build time; use a record without it"),
        Type("ENV0019", "C", "public class C { [JsonConverter(typeof(JsonStringEnumConverter))] public int X { get; set; } = 1; }", "public class C { public int X { get; set; } = 1; }", "its member 'X' has a JSON converter, which cannot be read at build time; use a type without it"),
        Type(
            "ENV0019", "E", "[JsonConverter(typeof(JsonNumberEnumConverter<E>))] public enum E { A }", "[JsonConverter(typeof(JsonStringEnumConverter<E>))] public enum E { A }",
            "E has a JSON converter that cannot be read at build time; only JsonStringEnumConverter can", "default"),
        Type("ENV0020", "R", $"public record R([{Annotations}FileExtensions] string X);", $"public record R([{Annotations}Url] string X);", Reasons.Unsaid("FileExtensions", "X", "string")),
        Type("ENV0020", "C", $"public class C {{ [{Annotations}Length(1, 2)] public int X {{ get; set; }} = 1; }}", $"public class C {{ [{Annotations}Range(1, 2)] public int X {{ get; set; }} = 1; }}", Reasons.Unsaid("Length", "X", "int", "use Range, AllowedValues or DeniedValues, or check the value in the method")),
        Type("ENV0020", "C", $"public class C {{ [{Annotations}AllowedValues(1)] public bool X {{ get; set; }} = true; }}", $"public class C {{ [{Annotations}AllowedValues(true)] public bool X {{ get; set; }} = true; }}", Reasons.Unsaid("AllowedValues", "X", "bool", "give it values of that type")),
        Type("ENV0020", "C", $"public class C {{ [{Annotations}Range(1, 2)] public int[] X {{ get; set; }} = []; }}", $"public class C {{ [{Annotations}MaxLength(2)] public int[] X {{ get; set; }} = []; }}", Reasons.Unsaid("Range", "X", "int[]", "use Length, MinLength or MaxLength, or check the value in the method")),
        Type("ENV0020", "C", $"public class C {{ [{Annotations}Range(typeof(DateTime), \"2000-01-01\", \"2030-01-01\")] public required DateTime X {{ get; set; }} }}", "public class C { public required DateTime X { get; set; } }", Reasons.Unsaid("Range", "X", "System.DateTime", "leave it out, and check the value in the method")),
        Type("ENV0020", "R", $"public record R(int X) : {Annotations}IValidatableObject {{ public IEnumerable<{Annotations}ValidationResult> Validate({Annotations}ValidationContext context) => []; }}", "public record R(int X);", Reasons.Whole("R", "IValidatableObject")),
        Type("ENV0020", "R", $"public class WholeAttribute : {Annotations}ValidationAttribute; [Whole] public record B; public record R(int X) : B;", "public class WholeAttribute : Attribute; [Whole] public record B; public record R(int X) : B;", Reasons.Whole("R", "[Whole]")),
        Type("ENV0020", "C", $"public class C {{ [{Annotations}Range(1, 2)] public string X {{ get; set; }} = \"\"; }}", $"public class C {{ [{Annotations}Length(1, 2)] public string X {{ get; set; }} = \"\"; }}", Reasons.Unsaid("Range", "X", "string")),
        Type(
            "ENV0020", "R", $"public record R([{Annotations}AllowedValues(1)] [property: {Annotations}AllowedValues(2)] int X);", $"public record R([{Annotations}AllowedValues(1)] [property: {Annotations}Range(1, 2)] int X);",
            "'X' has two lists of values, on the parameter and on the property; leave one out"),
        Type(
            "ENV0020", "R", $"public record R([property: {Annotations}Range(1, 2)] int X = 0);", $"public record R([property: {Annotations}Range(1, 2)] int X = 1);",
            "[Range] of 'X' does not allow its default value 0, so no caller could send what an absent member means; change one of the two"),
        Type(
            "ENV0020", "C", $"public class C {{ [{Annotations}Length(2, 1)] public int[] X {{ get; set; }} = []; }}", $"public class C {{ [{Annotations}Length(1, 2)] public int[] X {{ get; set; }} = []; }}",
            "'X' can have no value: it would be at least 2 items and at most 1 items; change one of the bounds"),
        Type("ENV0022", "R", "public ref struct R;", "public struct R;", Reasons.Address, "default"),
        Type("ENV0022", "F", "public delegate int F(int x);", "public record F(int X);", Reasons.Code),
        Type("ENV0022", "C", "public class C { public required Action X { get; set; } }", "public class C { public required string X { get; set; } }", $"of its member 'X' of type Action: {Reasons.Code}"),
        Type("ENV0022", "C", "public class C : B; public class B : System.IO.MemoryStream;", "public class C : B; public class B;", $"of its base class MemoryStream: {Reasons.Resource}"),
        Type("ENV0023", "Dictionary<F, int>", "[Flags] public enum F { A }", "public enum F { A }", Reasons.NoKey("F"), "[]"),
        Type("ENV0006", "SortedSet<R>", "public record R(int X);", "public record R(int X) : IComparable<R> { public int CompareTo(R? other) => X.CompareTo(other?.X); }", Reasons.Unsorted("R"), "[]"),
        Type("ENV0006", "SortedSet<R>", "public record R(int X) : IComparable<string> { public int CompareTo(string? other) => 1; }", "public record R(int X) : IComparable { public int CompareTo(object? other) => 1; }", Reasons.Unsorted("R"), "[]"),
        Type("ENV0019", "R", "public record R([property: JsonConverter(typeof(JsonStringEnumConverter))] int X);", "public record R(int X);", "its member 'X' has a JSON converter, which cannot be read at build time; use a type without it"),
        Type("ENV0006", "R", "[Obsolete(\"\", true)] public record R(int X);", "public record R(int X);", "R is marked [Obsolete] as an error, so generated code cannot use it; make it a warning") with { OwnErrors = ["CS0619"] },
    ];

    /// <summary>A type that leads to itself with an ever larger type argument.</summary>
    private static RuleCase Growing(string type, string wrong, string right, string declared, string parameter, string? readable = null) =>
        Type("ENV0018", type, $"public {wrong};", $"public {right};", Reasons.Growing(declared, parameter), "default!", readable);

    /// <summary>A parameter of a type that is declared outside the class.</summary>
    public static RuleCase Type(string id, string type, string wrong, string right, string reason, string value = "null!", string? readable = null) => RuleCase.Declared(
        id, $"[Predict] public int Predict({type} [|x|]) => 1;", $"[Predict] public int Predict({type} x) => 1;",
        $"model.PredictExample({value})", wrong, right, "parameter 'x'", readable ?? type, reason);
}
