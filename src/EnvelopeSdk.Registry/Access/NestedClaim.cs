using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// A claim by its name, or a member of one that is an object: <c>realm_access.roles</c>, as Keycloak writes roles. A
/// claim that is called so itself, dots and all, comes first.
/// </summary>
internal static class NestedClaim
{
    /// <summary>The values of a claim; none when nobody said anything that can be read so.</summary>
    public static IReadOnlyList<string> Find(ClaimsPrincipal said, string name)
    {
        List<string> values = [.. said.FindAll(name).Select(claim => claim.Value)];
        var path = name.Split('.');
        return values.Count > 0 || path.Length == 1
            ? values
            : [.. said.FindAll(path[0]).Where(IsObject).SelectMany(claim => ValuesAt(claim.Value, path[1..]))];
    }

    /// <summary>A text that looks like an object was perhaps written by the one whom it is about.</summary>
    private static bool IsObject(Claim claim) => claim.ValueType == JsonClaimValueTypes.Json;

    private static IEnumerable<string> ValuesAt(string json, IEnumerable<string> path)
    {
        var found = path.Aggregate(Parse(json), (node, member) => (node as JsonObject)?[member]);
        return (found as JsonArray ?? [found?.DeepClone()]).Select(one =>
            one?.GetValueKind() == JsonValueKind.String ? one.GetValue<string>() : null).OfType<string>();
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
