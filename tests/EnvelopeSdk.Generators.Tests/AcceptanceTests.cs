using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>
/// The reader takes what <c>System.Text.Json</c> takes when it is strict, of random texts. A long run:
/// <c>ENVELOPE_FUZZ_INPUTS=10000000 dotnet test -c Release tests/EnvelopeSdk.Generators.Tests --filter AcceptanceTests</c>.
/// </summary>
public class AcceptanceTests
{
    private const string Shapes =
        "[JsonDerivedType(typeof(Circle), \"circle\"), JsonDerivedType(typeof(Group), \"group\")] public abstract record Shape; public record Circle(double Radius) : Shape; public record Group(Shape[] Parts) : Shape;";

    private static readonly long Inputs = long.Parse(Environment.GetEnvironmentVariable("ENVELOPE_FUZZ_INPUTS") ?? "150000", CultureInfo.InvariantCulture);

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowOutOfOrderMetadataProperties = true,
        MaxDepth = 64,
    };

    /// <summary>What the reader does otherwise: whether it takes or refuses, why, and whether that is why it does so with a text.</summary>
    private static readonly (bool IsTaken, string Reason, Func<byte[], Type, bool> Explains)[] OnPurpose =
    [
        (true, "an integer may be written 1.0 or 1e2 (JSON Schema Core 2020-12, section 4.2.3)", (text, type) => IsJson(text) && IsTakenStrictly(WholeNumbers.Plain(text), type, Strict)),
        (true, "an open value keeps members that come twice", (text, type) => IsOpen(type) && IsTakenStrictly(text, type, new(Strict) { AllowDuplicateProperties = true })),
        (false, "items are not null, unless their type says so; the serializer does not know it of items", (text, type) => !IsOpen(type) && IsJson(text) && HasNullItem(JsonElement.Parse(text))),
        (false, "a number beyond the largest Half is refused, not rounded to it", (text, type) => type.GetProperty("Value")!.PropertyType == typeof(Half) && Math.Abs(JsonElement.Parse(text).GetProperty("value").GetDouble()) > (double)Half.MaxValue),
        (false, "the strings of an open value are valid Unicode, which the serializer does not look at", (text, type) => IsOpen(type) && !Utf8.IsValid(text)),
    ];

    /// <summary>A type, what it needs, and values of it.</summary>
    public static TheoryData<string, string, string[]> Types => new()
    {
        { "int", "", ["0", "-2147483648", "2147483647"] },
        { "ulong", "", ["0", "18446744073709551615"] },
        { "Int128", "", ["0", "-170141183460469231731687303715884105728"] },
        { "float", "", ["0.1", "-3.4028235E+38", "1e-45"] },
        { "double", "", ["0.1", "-1.7976931348623157E+308", "5e-324", "123456789.123456789"] },
        { "Half", "", ["0.1", "-65504", "6e-8"] },
        { "decimal", "", ["1.50", "79228162514264337593543950335", "-0.0000000000000000000000000001"] },
        { "bool", "", ["true", "false"] },
        { "string", "", ["\"\"", "\"größe 大 \\ud83d\\ude00 😀 \\n\\\"\\\\\\/\""] },
        { "double?[]", "", ["[]", "[1,null,2.5e3]"] },
        { "float[]", "", ["[]", "[0.1, -2.5e3,7]"] },
        { "List<ulong>", "", ["[]", "[0,18446744073709551615, 7]"] },
        { "int[][]", "", ["[]", "[[1,-2],[3, 4]]"] },
        { "List<List<string>>", "", ["[]", "[[],[\"a\",\"\\u00e9\"]]"] },
        { "Row", "public record Row(double X, string? Name, Row? Next = null) { public int Y { get; init; } }", ["""{"x":1,"name":null}""", """{"x":-1.5e3,"name":"\u0061","next":{"x":1,"name":"b","y":2},"y":3}"""] },
        { "Shape", Shapes, ["""{"$type":"circle","radius":1.5}""", """{"parts":[{"radius":1,"$type":"circle"},{"$type":"group","parts":[]}],"$type":"group"}"""] },
        { "Dictionary<string, int>", "", ["{}", """{"a":1,"\u0061b":-2,"":3}"""] },
        { "JsonElement", "", ["null", """{"a":[1.5e3,true,{"b":"\ud83d\ude00"}],"":""}"""] },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void The_reader_takes_what_a_strict_serializer_takes(string type, string declarations, string[] seeds)
    {
        var accepted = new AcceptedType(type, $"public record Call({type} Value); {declarations}");
        var model = CompiledModel.Of(accepted.Model);
        var isTaken = CompiledService.Of(model).Acceptor("predict");
        var call = model.Type.Assembly.GetType("Tests.Call", throwOnError: true)!;
        var seed = Environment.TickCount;
        var fuzz = new JsonFuzz(new Random(seed), seeds);
        var taken = 0L;
        for (var i = Inputs / Types.Count; i > 0; i--)
        {
            var text = fuzz.Next();
            var (ours, theirs) = (isTaken(text), IsTakenStrictly(text, call, Strict));
            taken += ours ? 1 : 0;
            Assert.True(
                ours == theirs || OnPurpose.Any(one => one.IsTaken == ours && one.Explains(text, call)),
                $"The reader {(ours ? "takes" : "refuses")} {Encoding.UTF8.GetString(text)} ({Convert.ToHexString(text)}), the serializer does not; seed {seed}");
        }

        Assert.InRange(taken, 1, Inputs);
    }

    /// <summary>Whether the serializer reads a text, and can write what it read.</summary>
    private static bool IsTakenStrictly(byte[] text, Type type, JsonSerializerOptions options)
    {
        try
        {
            var value = JsonSerializer.Deserialize(text, type, options);
            JsonSerializer.SerializeToUtf8Bytes(value, type, options);
            return value is not null;
        }
        catch (Exception refusal) when (refusal is JsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsJson(byte[] text) => IsTakenStrictly(text, typeof(JsonElement), new(Strict) { AllowDuplicateProperties = true });

    private static bool HasNullItem(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null || HasNullItem(item)),
        JsonValueKind.Object => value.EnumerateObject().Any(member => HasNullItem(member.Value)),
        _ => false,
    };

    private static bool IsOpen(Type call) => call.GetProperty("Value")!.PropertyType == typeof(JsonElement);
}
