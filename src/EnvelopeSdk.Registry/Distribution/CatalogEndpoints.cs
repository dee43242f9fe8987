using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>The list of all repositories that who asks may read.</summary>
internal static class CatalogEndpoints
{
    public static void MapCatalog(this RouteTable routes, RegistryContent content, IDistributionAccess access) =>
        routes.Map(Topic.Catalog, HttpMethods.Get, async request =>
        {
            var names = (await content.Store.ListRepositoriesAsync(request.Aborted))
                .Union(await content.Store.Envelopes.ListNamesAsync(request.Aborted)).ToList();
            var readable = new List<string>();
            foreach (var name in names)
            {
                var permission = await access.AuthorizeAsync(request.Context, name, isWrite: false);
                if (permission == DistributionPermission.Granted)
                {
                    readable.Add(name);
                }
            }

            await request.Response.WriteJsonAsync(new JsonObject { ["repositories"] = Paging.Page(request, readable) });
        });
}
