namespace EnvelopeSdk.Generators.Tests;

/// <summary>The set of types that can be served, by examples.</summary>
internal static class AcceptedTypes
{
    public static IReadOnlyList<AcceptedType> All { get; } =
    [
        .. Scalars(), .. Enums(), .. Flags(), .. Collections(), .. MoreCollections(), .. Records(), .. Classes(), .. Unions(), .. Generics(), .. Names(), .. Tensors(), .. OpenValues(), .. FrameworkTypes(), .. Attributes(), .. Ignored(),
    ];

    /// <summary>Those whose declarations can stand in a namespace beside those of others.</summary>
    public static IReadOnlyList<AcceptedType> Ordinary { get; } = [.. All.Where(type => !type.Declarations.Contains("namespace", StringComparison.Ordinal))];

    /// <summary>The files of a project whose model takes and answers each of <see cref="Ordinary"/> in a query of its own.</summary>
    public static string[] InOneModel { get; } =
    [
        "namespace Tests { [EnvelopeModel(\"test\")] public partial class Model; }",
        .. Ordinary.Select((row, i) => $"namespace Tests.N{i} {{ public record Holder({row.Type} Value); {row.Declarations} }}"),
        .. Ordinary.Select((_, i) => $"namespace Tests {{ public partial class Model {{ [Predict] public N{i}.Holder M{i}(N{i}.Holder value) => value; }} }}"),
    ];

    /// <summary>The same, with a parameter of each type that is its state.</summary>
    public static string[] InOneModelWithState { get; } =
    [
        "namespace Tests { [EnvelopeModel(\"test\")] public partial class Model("
            + string.Join(", ", Ordinary.Select((_, i) => $"N{i}.Holder state{i}"))
            + ") { [Predict] public bool State() => "
            + string.Join(" || ", Ordinary.Select((_, i) => $"state{i} is null")) + "; } }",
        .. InOneModel.Skip(1),
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
        new("Int128", "", "-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
        new("UInt128", "", "340282366920938463463374607431768211455"),
        new("Half", "", "0.1", "-65500", "6E-08"),
        new("char", "", "\"a\"", "\"\\u0000\"", "\"大\""),
        new("Guid", "", "\"0f8fad5b-d9cb-469f-a165-70867728950e\""),
        new("Uri", "", "\"https://example.com/a?b=c\"", "\"a/b\""),
        new("Version", "", "\"1.2\"", "\"1.2.3.4\""),
        new("DateTime", "", "\"2024-05-31T13:45:00\"", "\"2024-05-31T13:45:00.1234567Z\""),
        new("DateTimeOffset", "", "\"2024-05-31T13:45:00+02:00\""),
        new("DateOnly", "", "\"2024-02-29\""),
        new("TimeOnly", "", "\"13:45:00\"", "\"13:45:00.1234567\""),
        new("TimeSpan", "", "\"-1.02:03:04.5000000\"", "\"00:00:01\""),
        new("byte[]", "", "\"\"", "\"AAEC/w==\""),
        new("ReadOnlyMemory<byte>", "", "\"\"", "\"AAEC/w==\""),
        new("JsonElement", "", "null", "[1,{\"a\":\"b\"}]"),
        new("Guid?", "", "null", "\"0f8fad5b-d9cb-469f-a165-70867728950e\""),
        new("byte[]?", "", "null", "\"AA==\""),
        new("Uri?", "", "null", "\"a\""),
        new("ReadOnlyMemory<byte>?", "", "null", "\"AA==\""),
        new("string", "", "\"\"", "\"größe 大 😀 \\\\ \\\"\""),
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

    private static IEnumerable<AcceptedType> MoreCollections() =>
    [
        .. "IList ICollection IEnumerable IReadOnlyList IReadOnlyCollection HashSet ISet IReadOnlySet SortedSet Queue LinkedList".Split(' ')
            .Select(name => new AcceptedType(name + "<int>", "", "[]", "[1,2]")),
        .. "ImmutableArray ImmutableList IImmutableList ImmutableHashSet IImmutableSet ImmutableSortedSet ImmutableQueue IImmutableQueue".Split(' ')
            .Select(name => new AcceptedType($"System.Collections.Immutable.{name}<int>", "", "[]", "[1,2]")),
        new("System.Collections.ObjectModel.Collection<int>", "", "[1,2]"),
        new("System.Collections.ObjectModel.ReadOnlyCollection<int>", "", "[1,2]"),
        new("ReadOnlyMemory<float>", "", "[]", "[1,0.5]"),
        new("Memory<double>?", "", "null", "[1,0.5]"),
        new("System.Collections.Immutable.ImmutableArray<string?>?", "", "null", "[null,\"a\"]"),
        new("int[,]", "", "[]", "[[1,2,3],[4,5,6]]"),
        new("double[,,]?", "", "null", "[[[1],[2]],[[3],[4]]]"),
        new("string?[,]", "", "[[null,\"a\"]]"),
        new("Dictionary<string, int>", "", "{}", """{"a":1,"größe":2,"":3}"""),
        new("IReadOnlyDictionary<string, string?>?", "", "null", """{"a":null}"""),
        new("IDictionary<int, bool>", "", """{"-1":true,"0":false}"""),
        new("SortedDictionary<UInt128, int>", "", """{"340282366920938463463374607431768211455":1}"""),
        new("Dictionary<Guid, int[]>", "", """{"0f8fad5b-d9cb-469f-a165-70867728950e":[1]}"""),
        new("Dictionary<Cut, double>", "public enum Cut { Fair, Good = 5, Fine = Good }", """{"Good":0.5,"Fair":1}"""),
        new("Dictionary<Cut, Dictionary<string, Cut>>", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Cut { [JsonStringEnumMemberName(\"très bon\")] Good }", """{"très bon":{"a":"très bon"}}"""),
        new("System.Collections.Immutable.ImmutableDictionary<string, R>", "public record R(System.Collections.Immutable.ImmutableSortedDictionary<long, R>? Next = null);", """{"a":{"next":{"-5":{"next":null}}}}"""),
    ];

    private static IEnumerable<AcceptedType> Flags() =>
    [
        new("F", "[Flags] public enum F { None, A = 1, B = 2, C = 4 }", "0", "5", "64"),
        new("F", "[Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum F { None, A = 1, B = 2, AB = 3, C = 4 }", "\"None\"", "\"AB\"", "\"AB, C\"", "\"A, C\""),
        new("F", "[Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum F : sbyte { A = 1, [JsonStringEnumMemberName(\"min\")] Min = -128 }", "\"min\"", "\"A, min\""),
    ];

    private static IEnumerable<AcceptedType> Classes() =>
    [
        new("C", "public class C { public int X { get; set; } public string Y { get; init; } = \"y\"; }", """{"x":1,"y":"z"}"""),
        new("C", "public class C { public required int X { get; init; } public int Y { get; init; } = 7; public int Z { get; set; } }", """{"x":1,"y":2,"z":3}"""),
        new("C", "public class C(int x, string? name = null) { public int X { get; } = x; public string? Name => name; }", """{"x":1,"name":"a"}"""),
        new("C", "public class C { [JsonConstructor] public C(int x) => X = x; public C() { } public int X { get; } }", """{"x":1}"""),
        new("C", "public class C { public C() { } public C(int x) => X = x; public int X { get; set; } }", """{"x":1}"""),
        new("S", "public struct S { public int X { get; set; } [JsonInclude] public double Y; }", """{"x":1,"y":2}"""),
        new("S?", "public readonly struct S(int x) { public int X { get; } = x; }", "null", """{"x":1}"""),
        new("D", "public class B { public int X { get; set; } public virtual int V { get; set; } } public class D : B { public int Y { get; set; } public override int V { get; set; } }", """{"y":1,"v":2,"x":3}"""),
        new("D", "public record B(int X); public sealed record D(int X, string Y) : B(X);", """{"x":1,"y":"a"}"""),
        new("D", "public abstract record B<T> { public T? Value { get; init; } } public sealed record D : B<string>;", """{"value":"a"}""", """{"value":null}"""),
        new("C", "public class C { [JsonIgnore] public object? Cache { get; set; } public int X { get; set; } [JsonRequired] public int Y { get; set; } public static int Z { get; set; } }", """{"x":1,"y":2}"""),
        new("C", "public record C(decimal Net, decimal Vat) { public decimal Gross => Net + Vat; }", """{"net":1.0,"vat":0.2,"gross":1.2}"""),
        new("C", "public class C { public int X { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }", """{"x":1}""", """{"x":1,"a":[null],"b":{"c":1}}"""),
        new("C", "public class C { [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] public double[] X { get; set; } = []; }", """{"x":[1,"NaN","-Infinity"]}"""),
        new("C", "[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)] public class C { public long X { get; set; } public Half? Y { get; set; } }", """{"x":"9223372036854775807","y":null}"""),
        new("(float Low, float High)", "", """{"low":1,"high":2}"""),
        new("(int A, (string? B, int C)[] D)?", "", "null", """{"a":1,"d":[{"b":null,"c":2}]}"""),
        new("List<(int X, int Y)>", "", """[{"x":1,"y":2}]"""),
    ];

    private static IEnumerable<AcceptedType> Ignored() =>
    [
        new("C", $"public class C {{ {When("Null")} public string? X {{ get; set; }} {When("Null")} public int? Y {{ get; init; }} {When("Null")} public int[]? Z => Y is null ? null : [1]; }}", "{}", """{"x":"","y":0,"z":[1]}"""),
        new("C", $"public class C {{ {When("Default")} public string? X {{ get; set; }} {When("Default")} public double Y {{ get; init; }} {When("Default")} public bool? Z {{ get; set; }} }}", "{}", """{"x":"","y":1.5,"z":false}"""),
        new("C", $"public class C {{ {When("Default")} public P X {{ get; set; }} {When("Default")} public E Y {{ get; set; }} [JsonInclude, {When("Default")[1..]} public Guid Z; }} public record struct P {{ public int A {{ get; set; }} }} public enum E {{ A, B }}", "{}", """{"x":{"a":1},"y":1,"z":"0f8fad5b-d9cb-469f-a165-70867728950e"}"""),
        new("C", $"public class C {{ {When("Null")} public string X {{ get; set; }} = \"x\"; [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int? Y {{ get; set; }} }}", """{"x":"","y":null}"""),
        new("C", "public class C { [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int X { get; set; } = 7; public int Y { get; set; } }", """{"x":7,"y":1}"""),
        new("R", $"public record R({When("Null", "property: ")} int? X, {When("Default", "property: ")} decimal Y, {When("Default", "property: ")} string? Z = null, {When("Null", "property: ")} string W = \"w\");", """{"w":"w"}""", """{"x":1,"y":1.5,"z":"","w":""}"""),
    ];

    private static string When(string what, string target = "") => $"[{target}JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting{what})]";

    private static IEnumerable<AcceptedType> Unions() =>
    [
        new("Shape", "[JsonDerivedType(typeof(Circle), \"circle\"), JsonDerivedType(typeof(Square), \"square\")] public abstract record Shape; public sealed record Circle(double Radius) : Shape; public sealed record Square(double Side) : Shape;", """{"$type":"circle","radius":1}""", """{"$type":"square","side":2}"""),
        new("Shape?[]", "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(Circle), 1), JsonDerivedType(typeof(Group), 2)] public interface Shape; public sealed record Circle(double Radius) : Shape; public sealed record Group(Shape[] Parts) : Shape;", """[null,{"kind":2,"parts":[{"kind":1,"radius":1}]}]"""),
        new("Shape", "[JsonDerivedType(typeof(Circle), \"circle\")] public class Shape { public int Id { get; set; } } public class Circle : Shape { public double Radius { get; set; } }", """{"id":1}""", """{"$type":"circle","radius":1,"id":2}"""),
        new("Shape", "[JsonDerivedType(typeof(Circle), 1), JsonDerivedType(typeof(Square), \"1\")] public abstract record Shape; public sealed record Circle(double Radius) : Shape; public sealed record Square(double Side) : Shape;", """{"$type":1,"radius":1}""", """{"$type":"1","side":2}"""),
        new("Pair", "[JsonDerivedType(typeof(Circle), \"circle\")] public abstract record Shape; public sealed record Circle(double Radius) : Shape; public record Pair(Shape A, Circle B);", """{"a":{"$type":"circle","radius":1},"b":{"radius":2}}"""),
    ];

    private static IEnumerable<AcceptedType> Records() =>
    [
        new("R", "public record R(string? A, string? B, int?[] C, int? D, int? E);", "{\"a\":null,\"b\":\"b\",\"c\":[null,1],\"d\":null,\"e\":2}"),
        new("R", "public sealed record R(double Carat, string Cut);", """{"carat":0.5,"cut":"Fair"}"""),
        new("R", "public record R;", "{}"),
        new("R?", "public record R(int X);", "null", """{"x":1}"""),
        new("S", "public readonly record struct S(double X, double Y);", """{"x":1,"y":2}"""),
        new("S?", "public record struct S(double X);", "null", """{"x":1}"""),
        new("S", "public record struct S { public int X { get; set; } }", """{"x":1}"""),
        new("R", "public record R { public required int X { get; init; } public int Y { get; init; } = 7; public string? Z { get; set; } }", """{"x":1,"y":2,"z":null}"""),
        new("R", "public record R(int X) { public required string Y { get; init; } public int Twice => 2 * X; }", """{"x":1,"y":"a","twice":2}"""),
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

    private static IEnumerable<AcceptedType> FrameworkTypes() =>
    [
        .. "ObjectModel.ObservableCollection Concurrent.ConcurrentQueue Frozen.FrozenSet".Split(' ')
            .Select(name => new AcceptedType($"System.Collections.{name}<int>", "", "[]", "[1,2]")),
        .. "Generic.SortedList ObjectModel.ReadOnlyDictionary Concurrent.ConcurrentDictionary Frozen.FrozenDictionary".Split(' ')
            .Select(name => new AcceptedType($"System.Collections.{name}<string, int?>", "", "{}", """{"a":null}""")),
        .. "sbyte ushort uint long ulong Int128 Half decimal".Split(' ').Select(type => new AcceptedType($"ReadOnlyMemory<{type}>", "", "[]", "[1,2]")),
        new("ArraySegment<double>", "", "[]", "[1.5,2]"),
        new("ArraySegment<string?>?", "", "null", "[null,\"a\"]"),
        new("Memory<byte>", "", "\"AAEC/w==\""),
        new("Blobs", "public record Blobs(List<Memory<byte>> A, List<ReadOnlyMemory<byte>> B, List<byte> C);", """{"a":["AA=="],"b":["AQ=="],"c":[2]}"""),
        new("KeyValuePair<string, int?>", "", """{"key":"a","value":null}"""),
        new("List<KeyValuePair<Guid, R>>?", "public record R(int X);", "null", """[{"key":"0f8fad5b-d9cb-469f-a165-70867728950e","value":{"x":1}}]"""),
        new("(int A, int B, int C, int D, int E, int F, int G, int H)", "", """{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8}"""),
    ];

    private static IEnumerable<AcceptedType> Attributes() =>
    [
        new("R", "public record R([property: JsonPropertyOrder(1)] int A, int B, [property: JsonPropertyOrder(-1)] int C) { [JsonPropertyOrder(-2)] public int D { get; init; } }", """{"d":4,"c":3,"b":2,"a":1}"""),
        new("C", "public class C { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } [JsonPropertyOrder(1)] public int X { get; set; } public int Y { get; set; } }", """{"y":2,"x":1,"z":3}"""),
        new("R", "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow), JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] public record R(int X);", """{"x":1}"""),
        new("R", "public record R(List<Element> A, List<JsonElement> B, Version C, System.Version D, Dictionary<Int32, int> E); public record Element(int X); public record Version(int X); public enum Int32 { Two = 2 }", """{"a":[{"x":1}],"b":[1],"c":{"x":1},"d":"1.2","e":{"Two":1}}"""),
    ];

    private static IEnumerable<AcceptedType> Tensors() =>
    [
        new("Grid", "public record Grid([TensorRank(2)] System.Numerics.Tensors.Tensor<float> X);", """{"x":[]}""", """{"x":[[1,2.5,3],[4,5,6]]}"""),
        new("Grid", "public record Grid([property: TensorRank(1)] System.Numerics.Tensors.Tensor<Int128>? X, Tensor2OfSingle Y); public record Tensor2OfSingle([TensorRank(2)] System.Numerics.Tensors.Tensor<float> Z);", """{"x":null,"y":{"z":[[1]]}}""", """{"x":[1,2],"y":{"z":[]}}"""),
        new("Grid", "public class Grid { [TensorRank(4)] public Dictionary<string, System.Numerics.Tensors.Tensor<bool>> X { get; set; } = []; }", """{"x":{"a":[[[[true],[false]]]]}}"""),
        new("Grid", "public class Grid { [TensorRank(2), JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] public required System.Numerics.Tensors.Tensor<double> X { get; init; } }", """{"x":[["NaN",1]]}"""),
    ];

    private static IEnumerable<AcceptedType> OpenValues() =>
    [
        new("System.Text.Json.Nodes.JsonNode", "", "1", "\"a\"", """[null,{"a":[1.50,true]}]"""),
        new("System.Text.Json.Nodes.JsonNode?", "", "null", "{}"),
        new("System.Text.Json.Nodes.JsonObject", "", "{}", """{"a":null,"b":{"c":[]}}"""),
        new("System.Text.Json.Nodes.JsonObject?", "", "null", "{}"),
        new("System.Text.Json.Nodes.JsonArray", "", "[]", "[null,1,[{}]]"),
        new("System.Text.Json.Nodes.JsonArray?", "", "null", "[]"),
        new("System.Text.Json.Nodes.JsonValue", "", "\"a\"", "1e2", "false"),
        new("System.Text.Json.Nodes.JsonValue?", "", "null", "1"),
        new("JsonElement?", "", "null", "1"),
        new("R", "public record R(List<System.Text.Json.Nodes.JsonNode> A, System.Text.Json.Nodes.JsonNode?[] B, Dictionary<string, System.Text.Json.Nodes.JsonArray> C, JsonArrayOfNullableJsonNode D); public record JsonArrayOfNullableJsonNode(int X);", """{"a":[1],"b":[null,"x"],"c":{"y":[null]},"d":{"x":1}}"""),
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
