namespace EnvelopeSdk.Generators.Tests;

/// <summary>The set of types that can be served, by examples.</summary>
internal static class AcceptedTypes
{
    public static IReadOnlyList<AcceptedType> All { get; } =
    [
        .. Scalars(), .. Enums(), .. Collections(), .. Records(), .. Generics(), .. Names(),
    ];

    private static IEnumerable<AcceptedType> Scalars() =>
    [
        new("bool", "", "true", "false"),
        new("sbyte", "", "-128", "127"),
        new("byte", "", "0", "255"),
        new("short", "", "-32768", "32767"),
        new("ushort", "", "65535"),
        new("int", "", "-2147483648", "2147483647"),
        new("uint", "", "4294967295"),
        new("long", "", "-9223372036854775808", "9223372036854775807"),
        new("ulong", "", "18446744073709551615"),
        new("float", "", "0.1", "-3.4028235E+38", "1E-45"),
        new("double", "", "0.1", "-1.7976931348623157E+308", "5E-324", "-0"),
        new("decimal", "", "1.50", "79228162514264337593543950335"),
        new("string", "", "\"\"", "\"größe 大 \\uD83D\\uDE00 \\\\ \\\"\""),
        new("int?", "", "null", "1"),
        new("bool?", "", "null", "true"),
        new("decimal?", "", "null", "0.00"),
        new("string?", "", "null", "\"\""),
    ];

    private static IEnumerable<AcceptedType> Enums() =>
    [
        new("Cut", "public enum Cut { Fair, Good = 5 }", "0", "5"),
        new("Cut?", "public enum Cut { Fair, Good = 5 }", "null", "5"),
        new("Cut", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Cut { Fair, Good }", "\"Fair\"", "\"Good\""),
        new("Cut?", "[JsonConverter(typeof(JsonStringEnumConverter<Cut>))] public enum Cut { Fair, Good }", "null", "\"Good\""),
        new("Cut", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Cut { [JsonStringEnumMemberName(\"très bon\")] Good }", "\"très bon\""),
        new("Cut", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Cut { Good = 1, Fine = Good, Fair = 0 }", "\"Good\"", "\"Fair\""),
        new("Cut", "public enum Cut { Good = 1, Fine = Good }", "1"),
        new("Cut", "public enum Cut { @class, @event }", "1"),
        new("Cut", "public enum Cut { [Obsolete(\"Use Good.\")] Fine, Good }", "0", "1"),
        new("E", "public enum E : sbyte { A = -128 }", "-128"),
        new("E", "public enum E : byte { A = 255 }", "255"),
        new("E", "public enum E : short { A = -32768 }", "-32768"),
        new("E", "public enum E : ushort { A = 65535 }", "65535"),
        new("E", "public enum E : uint { A = 4294967295 }", "4294967295"),
        new("E", "public enum E : long { A = -9223372036854775808 }", "-9223372036854775808"),
        new("E", "public enum E : ulong { A = 18446744073709551615 }", "18446744073709551615"),
    ];

    private static IEnumerable<AcceptedType> Collections() =>
    [
        new("double[]", "", "[]", "[1.5,2]"),
        new("List<double>", "", "[]", "[1.5,2]"),
        new("float[][]", "", "[[],[1,2]]"),
        new("List<List<int>>", "", "[[],[1,2]]"),
        new("List<int[]>[]", "", "[[[1],[]],[]]"),
        new("int?[]", "", "[null,1]"),
        new("string?[]", "", "[null,\"a\"]"),
        new("string[]?", "", "null", "[\"a\"]"),
        new("List<string?>?", "", "null", "[null,\"a\"]"),
        new("int?[]?[]?", "", "null", "[null,[]]"),
        new("List<List<decimal?>?>", "", "[null,[null,1.0]]"),
        new("E?[]", "public enum E { A }", "[null,0]"),
        new("List<P?>", "public record struct P(int X);", "[null,{\"x\":1}]"),
        new("R?[]?", "public sealed record R(int X);", "null", "[null,{\"x\":1}]"),
        new("R", "public sealed record R(string[] A, string?[] B, string[]? C, List<string?>? D);", """{"a":["x"],"b":[null],"c":null,"d":[null]}"""),
    ];

    private static IEnumerable<AcceptedType> Records() =>
    [
        new("R", "public sealed record R(double Carat, string Cut);", """{"carat":0.5,"cut":"Fair"}"""),
        new("R", "public record R;", "{}"),
        new("R?", "public record R(int X);", "null", """{"x":1}"""),
        new("S", "public readonly record struct S(double X, double Y);", """{"x":1,"y":2}"""),
        new("S?", "public record struct S(double X);", "null", """{"x":1}"""),
        new("S", "public record struct S { public int X { get; set; } }", """{"x":1}"""),
        new("R", "public record R { public required int X { get; init; } public int Y { get; init; } = 7; public string? Z { get; set; } }", """{"x":1,"y":2,"z":null}"""),
        new("R", "public record R(int X) { public required string Y { get; init; } public int Twice => 2 * X; }", """{"x":1,"y":"a"}"""),
        new("R", "public record R([property: JsonPropertyName(\"größe-1\")] int Size) { [JsonPropertyName(\"the \\\"y\\\"\")] public int Y { get; init; } }", """{"größe-1":1,"the \"y\"":2}"""),
        new("R", "public record R { public R(int x) => X = x; public int x => X; internal int X { get; } }", """{"x":1}"""),
        new("Tree", "public sealed record Tree(int Value, Tree[] Children, Tree? Left = null);", """{"value":1,"children":[{"value":2,"children":[],"left":null}],"left":null}"""),
        new("A", "public record A(B? B); public record B(A? A, List<A> All);", """{"b":{"a":null,"all":[{"b":null}]}}"""),
        new("Outer", "public record Outer(Outer.Inner I) { public record Inner(int X); }", """{"i":{"x":1}}"""),
        new("Wide", $"public record Wide({string.Join(", ", Enumerable.Range(0, 70).Select(i => $"int M{i}"))});", $"{{{string.Join(",", Enumerable.Range(0, 70).Select(i => $"\"m{i}\":{i}"))}}}"),
        new("R", "\n#nullable disable\npublic record R(string X, string[] Y, List<string> Z) { public string W { get; init; } }\n#nullable enable\n", """{"x":"a","y":[],"z":["b"],"w":"c"}"""),
        new("R", "public partial record R(int X) { public int B { get; init; } } public partial record R { public int A { get; init; } }", """{"x":1,"b":2,"a":3}"""),
        new("R", "public record R([property: Obsolete] int X) { [Obsolete] public int Y { get; init; } }", """{"x":1,"y":2}"""),
    ];

    private static IEnumerable<AcceptedType> Generics() =>
    [
        new("Box<int>", "public record Box<T>(T Value);", """{"value":1}"""),
        new("Box<Box<string?>>", "public record Box<T>(T Value);", """{"value":{"value":null}}"""),
        new("Pair", "public record Box<T>(T Value); public record Pair(Box<string> A, Box<string?> B);", """{"a":{"value":"x"},"b":{"value":null}}"""),
        new("Box<int[]>", "public record Box<T>(List<T> Values);", """{"values":[[1],[]]}"""),
        new("Pair", "public static class O<T> { public record I(T X); } public record Pair(O<int>.I A, O<string>.I B);", """{"a":{"x":1},"b":{"x":"s"}}"""),
    ];

    private static IEnumerable<AcceptedType> Names() =>
    [
        new("R", "public record R(int @class, int @event, int größe, int 大);", """{"class":1,"event":2,"größe":3,"大":4}"""),
        new("@event", "public record @event(int X);", """{"x":1}"""),
        new("Größe", "public record Größe(int X);", """{"x":1}"""),
        new("Both", "public record Both(A.Point A, B.Point B); } namespace Tests.A { public record Point(int X); } namespace Tests.B { public record Point(string Y);", """{"a":{"x":1},"b":{"y":"s"}}"""),
        new("Both", "public record Point(int X); public record Both(Point A, global::Point B); } public record Point(string Y); namespace Other {", """{"a":{"x":1},"b":{"y":"s"}}"""),
        new("PredictArguments", "public record PredictArguments(int X);", """{"x":1}"""),
        new("ArgumentsPredict", "public record ArgumentsPredict(int X);", """{"x":1}"""),
        new("AnswerPredict", "public record AnswerPredict(int X);", """{"x":1}"""),
        new("State_state", "public record State_state(int X);", """{"x":1}"""),
        new("R", "public record R(ListOfInt32 A, List<int> B); public record ListOfInt32(int X);", """{"a":{"x":1},"b":[1]}"""),
        new("R", "public record R(int writer, int input, int result, int Members, int seen0, int value);", """{"writer":1,"input":2,"result":3,"members":4,"seen0":5,"value":6}"""),
    ];
}
