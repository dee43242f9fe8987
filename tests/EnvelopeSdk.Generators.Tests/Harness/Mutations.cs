using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>JSON values with one to three random changes: of a type, at a bound, in a form, in the members there are.</summary>
/// <param name="values">The values that are changed.</param>
internal sealed class Mutations(Gen<string> values) : Gen<string>
{
    private static readonly string[] Others =
    [
        "null", "true", "false", "0", "-1", "1.5", "\"\"", "\"x\"", "\"1\"", "[]", "[0]", "[[]]", "{}", """{"x":1}""",
    ];

    private static readonly string[] Numbers =
    [
        "-0", "127", "128", "-129", "255", "256", "32768", "-32769", "65536", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "170141183460469231731687303715884105728", "340282366920938463463374607431768211456", "65504", "65520", "3.5e38", "1.8e308", "79228162514264337593543950336", "1e-7", "0.1",
    ];

    private static readonly string[] Texts =
    [
        "NaN", "-Infinity", "1.2", "1.2.3.4.5", "99999999999.0", "2024-02-29", "2023-02-29", "2024-13-01", "0000-01-01", "2024-02-29T23:59:59.9999999Z", "2024-02-29T24:00:00", "2024-02-29T01:02:03+14:01", "2024-02-29T01:02",
        "23:59:59", "24:00:00", "01:02:03.12345678", "10675199.02:48:05.4775807", "10675200.00:00:00", "-00:00:00", "0f8fad5b-d9cb-469f-a165-70867728950e", "AAEC/w==", "A===", "https://a/b", "a b", "%", "a:b", "a@b", "\U0001F600",
    ];

    public override string Generate(PCG pcg, Size? min, out Size size)
    {
        var random = new ScalarValues(pcg);
        var value = values.Generate(pcg, null, out var drawn);
        for (var i = random.Next(3); i >= 0; i--)
        {
            value = Change(value, random);
        }

        size = new Size(drawn.I + (ulong)random.Draws);
        return value;
    }

    private static string Change(string json, ScalarValues random)
    {
        var root = JsonNode.Parse(json);
        var (path, node) = random.OneOf<(object[] Path, JsonNode? Node)>([.. JsonNodes.Of(root)]);
        return JsonNodes.Replace(root, path, JsonNode.Parse(random.Next(4) == 0 ? random.OneOf<string>(Others) : Change(node, random)));
    }

    private static string Change(JsonNode? node, ScalarValues random) => node switch
    {
        JsonObject members => Change(members, random),
        JsonArray items => Change(items, random),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value.ToJsonString(), random),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonSerializer.Serialize(Text(value.GetValue<string>(), random)),
        _ => random.OneOf<string>(Others),
    };

    private static string Change(JsonObject members, ScalarValues random)
    {
        var names = members.Select(one => one.Key).Append("unknown").ToArray();
        var changed = (JsonObject)members.DeepClone();
        var (from, to) = (random.OneOf<string>(names), random.OneOf<string>(names));
        changed.Remove(from, out var value);
        changed[random.Next(3) switch { 0 => from, 1 => from.ToUpperInvariant(), _ => to }] = random.Next(3) == 0 ? JsonNode.Parse(random.OneOf<string>(Others)) : value;
        if (random.Next(2) == 0)
        {
            changed.Remove(random.OneOf<string>(names));
        }

        return changed.ToJsonString();
    }

    private static string Change(JsonArray items, ScalarValues random)
    {
        var changed = items.Select(one => one?.DeepClone()).ToList();
        var place = random.Next(changed.Count + 1);
        if (random.Next(2) == 0 && place < changed.Count)
        {
            changed.RemoveAt(place);
        }
        else
        {
            changed.Insert(place, random.Next(2) == 0 || changed.Count == 0 ? JsonNode.Parse(random.OneOf<string>(Others)) : changed[0]?.DeepClone());
        }

        return new JsonArray([.. changed]).ToJsonString();
    }

    private static string Number(string digits, ScalarValues random) => random.Next(6) switch
    {
        0 => random.OneOf<string>(Numbers),
        1 when !digits.AsSpan().ContainsAny('.', 'E', 'e') => digits + random.OneOf(".0", ".5", "e1", "e-1", "E+2"),
        2 => digits[0] == '-' ? digits[1..] : "-" + digits,
        3 when digits.Length > 1 && char.IsAsciiDigit(digits[^2]) && digits.TrimStart('-')[0] != '0' => digits[..^1],
        4 when !digits.AsSpan().ContainsAny('E', 'e') && digits.TrimStart('-') != "0" => digits + random.Next(10),
        _ => digits[..^1] + (char)('0' + ((digits[^1] - '0' + 1) % 10)),
    };

    private static string Text(string text, ScalarValues random)
    {
        var place = random.Next(text.Length + 1);
        var changed = random.Next(7) switch
        {
            0 => random.OneOf<string>(Texts),
            1 => text.Insert(place, random.OneOf(" ", "0", "-", ".", ":", "a", "Z", "+", "=", "\n", "\0", "é", "\U0001F600")),
            2 when place < text.Length => text.Remove(place, 1),
            3 when place < text.Length => text.Remove(place, 1).Insert(place, random.OneOf("0", "9", "A", "T", " ")),
            4 => random.Next(2) == 0 ? text.ToUpperInvariant() : text.ToLowerInvariant(),
            5 => text + text,
            _ => random.OneOf(" " + text, text + " ", text + "\n", text + "\0"),
        };
        return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(changed)); // no half of a surrogate pair
    }
}
