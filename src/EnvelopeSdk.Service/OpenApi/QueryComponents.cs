using System.Text.Json.Nodes;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>What refers to the schemas of a query, each of which has a name.</summary>
/// <param name="Request">What one call sends.</param>
/// <param name="Response">What one call is answered.</param>
/// <param name="BatchRequest">What many calls send.</param>
/// <param name="BatchResponse">What many calls are answered.</param>
/// <param name="Item">Of a stream, one item of it.</param>
internal sealed record QueryComponents(
    JsonObject Request, JsonObject Response, JsonObject BatchRequest, JsonObject BatchResponse, JsonObject? Item)
{
    /// <summary>Adds the schemas of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="schemas">Writes them.</param>
    /// <param name="add">Adds one to the components under a name, and says what refers to it.</param>
    public static QueryComponents Of(
        QuerySchema query, JsonSchemaWriter schemas, Func<string, JsonObject, JsonObject> add)
    {
        var name = ComponentNames.ClassOf(query.Name);
        var request = add(name + "Request", schemas.Arguments(query));
        var item = query.Stream ? add(name + "Item", schemas.Answer(query)) : null;
        var response = add(name + "Response", item is null ? schemas.Answer(query) : ArrayOf(item));
        return new QueryComponents(
            request,
            response,
            add(name + "BatchRequest", ArrayOf(request)),
            add(name + "BatchResponse", ArrayOf(response)),
            item);
    }

    private static JsonObject ArrayOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items.DeepClone() };
}
