using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EnvelopeSdk.Plain;

/// <summary>
/// Writes data of a user's own with what its compiler generated for it: nothing is found by reflection.
/// </summary>
internal static class TypedJson
{
    /// <summary>Writes a value, members sorted by name, and NaN and the infinities as strings.</summary>
    /// <exception cref="EnvelopeException">It cannot be written.</exception>
    public static JsonElement Of<T>(T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            var json = JsonSerializer.SerializeToElement(value, Named(type));
            return CanonicalJson.Write(writer => CanonicalJson.Write(writer, json));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Properties are code of the user, so any exception may come.
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"A {typeof(T).Name} cannot be written as JSON: {failure.Message}", failure);
        }
    }

    private static JsonTypeInfo<T> Named<T>(JsonTypeInfo<T> type)
    {
        var options = new JsonSerializerOptions(type.Options) { MaxDepth = CanonicalJson.MaxDepth };
        options.NumberHandling |= JsonNumberHandling.AllowNamedFloatingPointLiterals;
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
