using System.Text.Json;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Schema;

/// <summary>Whether what fulfils narrow constraints fulfils wide ones too.</summary>
internal static class ConstraintContainment
{
    /// <summary>The keywords that differ, and whether a value of the narrow one may break the wide one.</summary>
    public static IEnumerable<(string Keyword, bool IsBroken)> Compare(
        ConstraintsSchema? narrow, ConstraintsSchema? wide)
    {
        var (narrowKeywords, wideKeywords) = (Members(narrow), Members(wide));
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

    private static Dictionary<string, JsonElement> Members(ConstraintsSchema? constraints) => constraints is null
        ? []
        : JsonSerializer.SerializeToElement(constraints, SchemaJsonContext.Default.ConstraintsSchema).EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value);

    private static bool IsStricter(string keyword, JsonElement own, JsonElement other) => keyword switch
    {
        _ when Keywords.IsLowerBound(keyword) => ConstraintCheck.Compare(own, other) >= 0,
        _ when Keywords.IsUpperBound(keyword) => ConstraintCheck.Compare(own, other) <= 0,
        Keywords.Allowed => Values(own).IsSubsetOf(Values(other)),
        _ => Values(own).IsSupersetOf(Values(other)), // patterns and denied values: more of them allow less
    };

    private static HashSet<JsonElement> Values(JsonElement list) =>
        list.EnumerateArray().ToHashSet(JsonValues.Comparer);
}
