using System.Text.Json.Nodes;
using NSwag;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>
/// A document as NSwag reads it, without the values for which it writes C# that is none: of names of members it escapes
/// neither quotes nor control characters, it calls all values of control characters alike, and it has no integers beyond those of <see langword="long"/>.
/// </summary>
internal static class NSwagReading
{
    public static async Task<OpenApiDocument> DocumentAsync(string name)
    {
        var json = JsonNode.Parse(await ClientDocuments.TextAsync(name), documentOptions: new() { MaxDepth = 1000 })!.AsObject();
        return await OpenApiDocument.FromJsonAsync(Readable(json)!.ToJsonString());
    }

    private static JsonNode? Readable(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(IsReadable).Select(one => KeyValuePair.Create(
            Name(one.Key), one.Key is "required" or "propertyName" ? Names(one.Value!) : Readable(one.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Readable)]),
        _ => node?.DeepClone(),
    };

    private static bool IsReadable(KeyValuePair<string, JsonNode?> member) => member switch
    {
        ("default", JsonValue number) => !IsTooLarge(number),
        ("enum", JsonArray values) => !values.Any(value => IsTooLarge(value) || IsControl(value)),
        _ => true,
    };

    private static bool IsTooLarge(JsonNode? value) =>
        value is not null && UInt128.TryParse(value.ToJsonString(), out var number) && number > long.MaxValue;

    private static bool IsControl(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue(out string? name) && name.Any(char.IsControl);

    private static JsonNode Names(JsonNode names) => names switch
    {
        JsonArray all => new JsonArray([.. all.Select(one => Names(one!))]),
        JsonValue one when one.TryGetValue(out string? name) => Name(name),
        _ => names.DeepClone(), // of a body, "required" is true or false
    };

    private static string Name(string name) => string.Concat(name.Select(character => char.IsControl(character) || character is '"' or '\\' ? $"_{(int)character}" : $"{character}"));
}
