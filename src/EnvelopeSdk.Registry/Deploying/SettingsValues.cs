using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>Says of settings which texts cannot be so, before anything takes them for a path.</summary>
internal static class SettingsValues
{
    /// <summary>The members whose names are users' own: none of them is a text that may be left out.</summary>
    private static readonly string[] Maps = ["environment", "secrets", "map", "tags"];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // whether they may be so, others say
    };

    /// <exception cref="EnvelopeException">
    /// A text ends for the system where it does not for .NET, or an item is no text.
    /// </exception>
    public static void Ensure<T>(T settings)
        where T : notnull => Ensure(JsonSerializer.SerializeToElement(settings, Options), "", false);

    private static void Ensure(JsonElement value, string pointer, bool isItem)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null when isItem:
                throw Invalid(pointer, "It is null. Write a text, or leave it out");

            case JsonValueKind.String:
                EnsureText(value.GetString()!, pointer);
                break;

            case JsonValueKind.Array:
                foreach (var (i, item) in value.EnumerateArray().Index())
                {
                    Ensure(item, $"{pointer}/{i}", isItem: true);
                }

                break;

            case JsonValueKind.Object:
                var isMap = Maps.Contains(pointer[(pointer.LastIndexOf('/') + 1)..]);
                foreach (var member in value.EnumerateObject())
                {
                    EnsureText(member.Name, pointer);
                    Ensure(member.Value, $"{pointer}/{SettingsFault.Escaped(member.Name)}", isMap);
                }

                break;
        }
    }

    private static void EnsureText(string text, string pointer)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw Invalid(
                pointer, "It has the character U+0000, with which texts end for the system. Leave it out");
        }
    }

    private static EnvelopeException Invalid(string pointer, string cure) =>
        SettingsFault.All(new SettingsFault(pointer, $"{cure}."));
}
