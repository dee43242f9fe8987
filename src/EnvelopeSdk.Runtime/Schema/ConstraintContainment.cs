using System.Text.Json;

namespace EnvelopeSdk.Schema;

/// <summary>Whether what fulfils narrow constraints fulfils wide ones too.</summary>
internal static class ConstraintContainment
{
    /// <summary>The keywords that differ, and whether a value of the narrow one may break the wide one.</summary>
    public static IEnumerable<(string Keyword, bool IsBroken)> Compare(ConstraintsSchema? narrow, ConstraintsSchema? wide)
    {
        var (narrowKeywords, wideKeywords) = (Keywords(narrow), Keywords(wide));
        foreach (var keyword in narrowKeywords.Keys.Union(wideKeywords.Keys))
        {
            var has = narrowKeywords.TryGetValue(keyword, out var own);
            var asks = wideKeywords.TryGetValue(keyword, out var other);
            if (has != asks || !JsonElement.DeepEquals(own, other))
            {
                yield return (keyword, asks && !(has && IsStricter(keyword, own, other)));
            }
        }
    }

    private static Dictionary<string, JsonElement> Keywords(ConstraintsSchema? constraints) => constraints is null ? [] : JsonSerializer
        .SerializeToElement(constraints, SchemaJsonContext.Default.ConstraintsSchema).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);

    private static bool IsStricter(string keyword, JsonElement own, JsonElement other) => keyword switch
    {
        "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties" => ConstraintCheck.Compare(own, other) >= 0,
        "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties" => ConstraintCheck.Compare(own, other) <= 0,
        "enum" => Values(own).IsSubsetOf(Values(other)),
        _ => Values(own).IsSupersetOf(Values(other)), // patterns and denied values: more of them allow less
    };

    private static HashSet<JsonElement> Values(JsonElement list) => list.EnumerateArray().ToHashSet(JsonValues.Comparer);
}
