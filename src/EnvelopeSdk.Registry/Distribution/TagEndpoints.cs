using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>The tags of repositories.</summary>
internal static class TagEndpoints
{
    public static void MapTags(this RouteTable routes, RegistryContent content) =>
        routes.Map(Topic.Tags, HttpMethods.Get, async request =>
        {
            var tags = await content.ExistsAsync(request.Name, request.Aborted)
                ? await content.TagsAsync(request.Name, request.Names, request.Aborted)
                : throw Refusals.NameUnknown(request.Name);
            await request.Response.WriteJsonAsync(
                new JsonObject { ["name"] = request.Name, ["tags"] = Paging.Page(request, tags) });
        });
}
