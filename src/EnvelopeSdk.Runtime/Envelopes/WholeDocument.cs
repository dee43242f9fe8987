using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Finds what the serializer lets pass in a document of others: a null in a list, a member of a positional record that
/// is absent, and text that is no Unicode.
/// </summary>
internal static class WholeDocument
{
    /// <summary>The one list whose items may be absent: an enum's values need no descriptions.</summary>
    private const string WithNulls = "valueDescriptions";

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? WhyNot(object document, JsonTypeInfo type) => Find(document, type, "$", mayBeNull: false);

    private static string? Find(object? value, JsonTypeInfo type, string path, bool mayBeNull) => value switch
    {
        null => mayBeNull ? null : $"'{path}' is absent or null.",
        JsonElement { ValueKind: JsonValueKind.Undefined } => mayBeNull ? null : $"'{path}' is absent.",
        JsonElement element => IsText(element) ? null : $"'{path}' has half of a character.",
        IDictionary map when type.Kind == JsonTypeInfoKind.Dictionary => map.Keys.Cast<object>()
            .Select(key => Find(map[key], Of(type, type.ElementType!), $"{path}.{key}", mayBeNull: false))
            .FirstOrDefault(reason => reason is not null),
        IEnumerable list when type.Kind == JsonTypeInfoKind.Enumerable => list.Cast<object?>()
            .Select((item, i) => Find(
                item, Of(type, type.ElementType!), $"{path}[{i}]", path.EndsWith(WithNulls, StringComparison.Ordinal)))
            .FirstOrDefault(reason => reason is not null),
        _ when type.Kind == JsonTypeInfoKind.Object => type.Properties
            .Where(property => property.Get is not null)
            .Select(property => Find(value, property, type, path))
            .FirstOrDefault(reason => reason is not null),
        _ => null,
    };

    private static string? Find(object holder, JsonPropertyInfo property, JsonTypeInfo type, string path)
    {
        var value = property.Get!(holder);
        var mayBeNull = property.IsGetNullable || property.ShouldSerialize?.Invoke(holder, value) == false;
        return Find(value, Of(type, property.PropertyType), $"{path}.{property.Name}", mayBeNull);
    }

    private static JsonTypeInfo Of(JsonTypeInfo type, Type part) => type.Options.GetTypeInfo(part);

    /// <summary>A writer refuses half of a character; a reader notices it when it is used.</summary>
    private static bool IsText(JsonElement element)
    {
        try
        {
            using var writer = new Utf8JsonWriter(Stream.Null);
            element.WriteTo(writer);
            return true;
        }
        catch (Exception malformed) when (malformed is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
