using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Stores;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>The manifests that are about another one, which need not be there.</summary>
internal static class ReferrerEndpoints
{
    public static void MapReferrers(this RouteTable routes, RegistryContent content) =>
        routes.Map(Topic.Referrers, HttpMethods.Get, async request =>
        {
            var type = request.Query("artifactType");
            var manifests = new JsonArray();
            var referrers = await content.Repository(request.Name).ReferrersAsync(request.Digest(), request.Aborted);
            foreach (var referrer in referrers.OrderBy(one => one.Hex, StringComparer.Ordinal))
            {
                if (await DescribeAsync(request, content, referrer) is { } found
                    && (type is null || (string?)found["artifactType"] == type))
                {
                    manifests.Add((JsonNode)found);
                }
            }

            if (type is not null)
            {
                request.Response.Headers["OCI-Filters-Applied"] = "artifactType";
            }

            var index = new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = ModelPackMediaTypes.Index,
                ["manifests"] = manifests,
            };
            await request.Response.WriteJsonAsync(index, ModelPackMediaTypes.Index);
        });

    private static async Task<JsonObject?> DescribeAsync(
        DistributionRequest request, RegistryContent content, Digest referrer)
    {
        if (await content.Repository(request.Name).FindManifestAsync(referrer, request.Aborted) is not { } known
            || await content.Store.TryReadManifestAsync(referrer, request.Aborted) is not { } bytes)
        {
            return null;
        }

        var descriptor = new JsonObject
        {
            ["mediaType"] = known.MediaType,
            ["digest"] = referrer.ToString(),
            ["size"] = known.Size,
        };
        if (known.ArtifactType is { } type)
        {
            descriptor["artifactType"] = type;
        }

        if (ManifestOutline.Read(bytes).Annotations is { Count: > 0 } annotations)
        {
            descriptor["annotations"] = new JsonObject(
                [.. annotations.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))]);
        }

        return descriptor;
    }
}
