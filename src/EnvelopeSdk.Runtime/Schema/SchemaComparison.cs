using System.Text.Json;
using EnvelopeSdk.Tables;

namespace EnvelopeSdk.Schema;

/// <summary>
/// Compares two schemas from the side of a caller who was written against the first: what was taken has to be taken
/// still, and what is answered has to be something that could be answered before. Members that an answer has more than
/// before are compatible; callers are expected to pass over what they do not know.
/// </summary>
public static class SchemaComparison
{
    /// <summary>Lists what changed, sorted by pointer; empty when a caller cannot tell the two apart.</summary>
    /// <param name="before">The schema that callers know.</param>
    /// <param name="after">The schema that takes its place.</param>
    public static IReadOnlyList<SchemaChange> Compare(ModelSchema before, ModelSchema after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<SchemaChange>();
        foreach (var query in before.Queries)
        {
            if (after.Queries.FirstOrDefault(one => one.Name == query.Name) is { } now)
            {
                new TypeContainment(before, after, isInput: true, changes)
                    .CompareMembers(query.Parameters, now.Parameters, $"/{query.Name}/parameters");
                if (now.Stream != query.Stream)
                {
                    var reason = now.Stream
                        ? "It was one value and is a stream of items."
                        : "It was a stream of items and is one value.";
                    changes.Add(new SchemaChange($"/{query.Name}/returns", true, reason));
                    continue;
                }

                new TypeContainment(after, before, isInput: false, changes)
                    .Compare(now.Returns, query.Returns, $"/{query.Name}/returns");
            }
            else
            {
                changes.Add(new SchemaChange("/" + query.Name, true, "The query is gone."));
            }
        }

        changes.AddRange(
            after.Queries.Where(query => before.Queries.All(one => one.Name != query.Name))
                .Select(query => new SchemaChange("/" + query.Name, false, "The query is new.")));
        return
        [
            .. changes.Distinct().OrderBy(change => change.Pointer, StringComparer.Ordinal)
                .ThenBy(change => change.Reason, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Compares a frozen schema with one that was derived from the same model's code again, by whatever version.
    /// </summary>
    /// <param name="frozen">The schema that callers know.</param>
    /// <param name="derived">
    /// The other. It does not say the columns of tables, which only examples told; those stay.
    /// </param>
    public static IReadOnlyList<SchemaChange> CompareDerived(ModelSchema frozen, ModelSchema derived) =>
        Compare(frozen, FrozenColumns.Of(frozen, derived));

    internal static bool SameDefault(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Undefined || other.ValueKind == JsonValueKind.Undefined
            ? one.ValueKind == other.ValueKind
            : JsonElement.DeepEquals(one, other);
}
