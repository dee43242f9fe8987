using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>Says what is wrong with settings, in the words of who writes them.</summary>
internal static partial class SettingsFault
{
    private const string Object = "an object, with values by names";

    private static readonly Dictionary<Type, string> Kinds = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = "true or false",
        [typeof(int)] = "a whole number",
        [typeof(int?)] = "a whole number",
        [typeof(long?)] = "a whole number",
        [typeof(IReadOnlyList<string>)] = "a list of texts, as in [\"id\"]",
        [typeof(IReadOnlyDictionary<string, string>)] =
            "an object with a column for each parameter, as in {\"carat\": \"weight\"}",
        [typeof(BadRows)] = "a number of rows, or a share of them such as \"0.1%\"",
        [typeof(Shard)] = "one such as \"2/8\"; the first is \"0/8\"",
    };

    /// <param name="json">The settings.</param>
    /// <param name="failure">What they were refused for.</param>
    public static string Of(byte[] json, JsonException failure)
    {
        if (!TryRead(json, out var document))
        {
            return $"It is no JSON at line {failure.LineNumber + 1}.";
        }

        using (document)
        {
            var place = Setting().Match(failure.Path ?? "");
            return place.Success ? Of(place.Groups[1].Value, document.RootElement)
                : failure.Path is null or "$" ? $"It is to be {Object}."
                : $"'Batch' is to be there once, and {Object}.";
        }
    }

    /// <summary>A section that is meant to be that of a job: it has a setting of one. Null: there is none.</summary>
    /// <param name="json">The settings, in which there is no such section.</param>
    public static string? Misspelt(byte[] json)
    {
        if (!TryRead(json, out var document))
        {
            return null;
        }

        using (document)
        {
            var known = BatchSettingsContext.Default.BatchOptions.Properties;
            var near = document.RootElement.ValueKind != JsonValueKind.Object ? null
                : document.RootElement.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Object
                    && !IsSame(one.Name, "Batch") && IsNear(one.Name)
                    && one.Value.EnumerateObject().Any(value => known.Any(other => IsSame(other.Name, value.Name))))
                    .Select(one => one.Name).FirstOrDefault();
            return near is null ? null : $"'{near}' is no section of a job. Call it 'Batch'.";
        }
    }

    private static string Of(string name, JsonElement all)
    {
        var known = BatchSettingsContext.Default.BatchOptions.Properties;
        return known.FirstOrDefault(one => IsSame(one.Name, name)) is not { } property
            ? $"'{name}' is no setting of 'Batch'{Nearest.Hint(name, known.Select(one => one.Name))}."
            : all.EnumerateObject().Where(one => IsSame(one.Name, "Batch")).Any(batch =>
                batch.Value.EnumerateObject().Count(one => IsSame(one.Name, name)) > 1)
            ? $"'{name}' is there twice."
            : $"'{name}' is {Kinds[property.PropertyType]}.";
    }

    private static bool TryRead(byte[] json, [NotNullWhen(true)] out JsonDocument? document)
    {
        try
        {
            document = JsonDocument.Parse(
                json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return true;
        }
        catch (JsonException)
        {
            document = null;
            return false;
        }
    }

    /// <summary>Whether a section is called nearly so, or its letters are in another order.</summary>
    private static bool IsNear(string name) => Nearest.Hint(name, ["Batch"]).Length > 0
        || name.ToUpperInvariant().Order().SequenceEqual("BATCH".Order());

    /// <summary>Settings are found whatever their case.</summary>
    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\$\.Batch(?:\.|\[')([^.'\[\]]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Setting();
}
