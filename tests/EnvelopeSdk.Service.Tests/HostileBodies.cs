using System.Text;

namespace EnvelopeSdk.Service.Tests;

/// <summary>Bodies that a hostile caller sends, by name, and the pointer of the problem: empty for the whole body, null when the body is taken.</summary>
internal static class HostileBodies
{
    private const int Large = 10_000_000;

    public static IReadOnlyDictionary<string, (Func<byte[]> Body, string? Pointer)> All { get; } =
        new[] { Deep(), LargeTexts(), Twice(), NotUnicode(), NotNumbers(), Unions(), NotJson(), Long() }.SelectMany(one => one).ToDictionary(one => one.Name, one => (one.Body, one.Pointer));

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> Deep() =>
    [
        ("nested to the limit", () => OrderText.With("open", Arrays(62)), null),
        ("nested one deeper", () => OrderText.With("open", Arrays(63)), "/order/open"),
        ("nested 100,000 deep", () => OrderText.With("open", Arrays(100_000)), "/order/open"),
        ("nested 100,000 deep in a member that nobody knows", () => OrderText.With("more", Arrays(100_000)), "/order/more"),
        ("objects nested 100,000 deep", () => OrderText.With("open", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000)), "/order/open"),
        ("a tree 100,000 deep", () => OrderText.With("tree", string.Concat(Enumerable.Repeat("{\"children\":[", 100_000)) + string.Concat(Enumerable.Repeat("]}", 100_000))), "/order/tree"),
        ("shapes nested 100,000 deep, each with its discriminator last", () => OrderText.With("shape", string.Concat(Enumerable.Repeat("{\"parts\":[", 100_000)) + string.Concat(Enumerable.Repeat("],\"$type\":\"group\"}", 100_000))), "/order/shape"),
        ("only brackets", () => Encoding.UTF8.GetBytes(new string('[', 1_000_000)), ""),
    ];

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> LargeTexts() =>
    [
        ("a long string", () => OrderText.With("text", Quoted('a')), null),
        ("a long string for a number", () => OrderText.With("number", Quoted('1')), "/order/number"),
        ("a long string for a name", () => OrderText.With("cut", Quoted('a')), "/order/cut"),
        ("a long string for a discriminator", () => OrderText.With("shape", $$"""{"$type":{{Quoted('a')}}}"""), "/order/shape/$type"),
        ("a long string of escapes for a name", () => OrderText.With("cut", $"\"{string.Concat(Enumerable.Repeat("\\u0061", Large / 6))}\""), "/order/cut"),
        ("a long string of escapes for a date", () => OrderText.With("day", $"\"{string.Concat(Enumerable.Repeat("\\u0061", Large / 6))}\""), "/order/day"),
        ("a long value of a member that nobody knows", () => OrderText.With("more", Quoted('a')), "/order/more"),
        ("a long name of a member that nobody knows", () => OrderText.With(new string('a', Large), "1"), "/order/a"),
        ("many digits of a floating-point number", () => OrderText.With("number", new string('9', Large)), "/order/number"),
        ("many digits behind the point", () => OrderText.With("number", "0." + new string('9', Large)), null),
        ("many digits of an integer", () => OrderText.With("id", new string('9', Large)), "/order/id"),
        ("many digits of a decimal", () => OrderText.With("price", new string('9', Large)), "/order/price"),
        ("many digits of an exponent", () => OrderText.With("number", "1e" + new string('9', Large)), "/order/number"),
    ];

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> Twice() =>
    [
        ("a member twice", () => OrderText.WithMore("id"u8, "1"), "/order/id"),
        ("a member twice, once with escapes", () => OrderText.WithMore("\\u0069d"u8, "1"), "/order/id"),
        ("a key twice", () => OrderText.With("map", """{"a":1,"a":2}"""), "/order/map/a"),
        ("a discriminator twice", () => OrderText.With("shape", """{"$type":"circle","$type":"circle","radius":1}"""), "/order/shape/$type"),
        ("two bodies", () => [.. OrderText.Sound, .. OrderText.Sound], ""),
    ];

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> NotUnicode() =>
    [
        .. new (string Name, byte[] Bytes)[]
        {
            ("an escaped high surrogate alone", [.. "\\ud800"u8]),
            ("an escaped low surrogate alone", [.. "\\udc00a"u8]),
            ("a surrogate in UTF-8", [0xED, 0xA0, 0x80]),
            ("UTF-8 that is cut", [0xE5, 0xA4]),
            ("UTF-8 of two bytes for one", [0xC0, 0x80]),
            ("UTF-8 of three bytes for one", [0xE0, 0x80, 0xAF]),
            ("UTF-8 beyond Unicode", [0xF5, 0x80, 0x80, 0x80]),
            ("a byte that is never UTF-8", [0xFF]),
        }.SelectMany(one => new (string, Func<byte[]>, string?)[]
        {
            (one.Name, () => OrderText.With("text", [(byte)'"', .. one.Bytes, (byte)'"']), "/order/text"),
            (one.Name + " in a name", () => OrderText.WithMore(one.Bytes, "1"), "/order/\uFFFD"),
            (one.Name + " in a key", () => OrderText.With("map", [.. "{\""u8, .. one.Bytes, .. "\":1}"u8]), "/order/map/\uFFFD"),
            (one.Name + " in an enum", () => OrderText.With("cut", [(byte)'"', .. one.Bytes, (byte)'"']), "/order/cut"),
            (one.Name + " in an open value", () => OrderText.With("open", [.. "[\""u8, .. one.Bytes, .. "\"]"u8]), "/order/open"),
        }),
    ];

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> NotNumbers() =>
    [
        ("1e999", () => OrderText.With("number", "1e999"), "/order/number"),
        ("-1e999", () => OrderText.With("number", "-1e999"), "/order/number"),
        ("1e-999", () => OrderText.With("number", "1e-999"), null),
        ("1e999 for an integer", () => OrderText.With("id", "1e999"), "/order/id"),
        ("1e999 for a decimal", () => OrderText.With("price", "1e999"), "/order/price"),
        ("1e999 among items", () => OrderText.With("items", "[1,1e999]"), "/order/items/1"),
        ("1e999 in an open value", () => OrderText.With("open", "1e999"), null),
    ];

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> Unions() =>
    [
        ("no discriminator", () => OrderText.With("shape", """{"radius":1}"""), "/order/shape/$type"),
        ("a discriminator that nobody knows", () => OrderText.With("shape", """{"$type":"square"}"""), "/order/shape/$type"),
        ("a discriminator of another kind", () => OrderText.With("shape", """{"$type":[1]}"""), "/order/shape/$type"),
        ("a late discriminator", () => OrderText.With("shape", """{"radius":1,"$type":"circle"}"""), null),
        ("late discriminators all the way down", () => OrderText.With("shape", string.Concat(Enumerable.Repeat("{\"parts\":[", 30)) + string.Concat(Enumerable.Repeat("],\"$type\":\"group\"}", 30))), null),
        ("null for an object", () => OrderText.With("shape", "null"), "/order/shape"),
    ];

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> NotJson() =>
    [
        ("nothing", () => [], ""),
        ("white space", () => [.. " \r\n\t"u8], ""),
        ("a byte order mark", () => [0xEF, 0xBB, 0xBF, .. OrderText.Sound], ""),
        ("UTF-16", () => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(OrderText.Sound)), ""),
        ("a NUL byte behind the body", () => [.. OrderText.Sound, 0], ""),
        ("a NUL byte in a string", () => OrderText.With("text", "\"\0\""), "/order/text"),
        ("a NUL byte for a value", () => OrderText.With("number", "\0"), "/order"),
        ("a comment", () => [.. OrderText.Sound, .. "/**/"u8], ""),
        ("half of a surrogate pair in base64", () => OrderText.With("bytes", "\"\\ud800\""), "/order/bytes"),
        ("half of a surrogate pair in a date and time", () => OrderText.With("created", "\"2024-05-31T13:45:00\\ud800\""), "/order/created"),
        ("half of a surrogate pair in an offset", () => OrderText.With("paid", "\"2024-05-31T13:45:00\\udc00\""), "/order/paid"),
        ("a comma too much", () => OrderText.With("items", "[1,]"), "/order/items"),
    ];

    private static IEnumerable<(string Name, Func<byte[]> Body, string? Pointer)> Long() =>
    [
        ("a million items", () => OrderText.With("items", $"[{string.Join(',', Enumerable.Repeat('1', 1_000_000))}]"), null),
        ("a million items of another kind", () => OrderText.With("items", $"[{string.Join(',', Enumerable.Repeat("\"\"", 1_000_000))}]"), "/order/items/0"),
        ("a million open items", () => OrderText.With("open", $"[{string.Join(',', Enumerable.Repeat("{}", 1_000_000))}]"), null),
        ("more objects than the limit", () => OrderText.With("open", $"[{string.Join(',', Enumerable.Repeat("{}", 1_100_000))}]"), "/order/open"),
        ("keys whose hash codes are all the same", () => OrderText.With("counts", $"{{{string.Join(',', Enumerable.Range(1, 200_000).Select(i => $"\"{i * ((1L << 32) + 1)}\":0"))}}}"), null),
        ("a million members that nobody knows", () => OrderText.With("m", $"0,{string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"m{i}\":0"))}"), "/order/m"),
        ("a million keys", () => OrderText.With("map", $"{{{string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"m{i}\":0"))}}}"), null),
    ];

    private static string Arrays(int depth) => new string('[', depth) + new string(']', depth);

    private static string Quoted(char one) => $"\"{new string(one, Large)}\"";
}
