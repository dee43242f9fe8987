using System.Reflection;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What a cluster is given, for who applies it without the registry.</summary>
internal static class ClusterManifestEndpoints
{
    /// <summary>With which a registry that deploys nothing would build.</summary>
    private static string OwnVersion => typeof(ClusterManifestEndpoints).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void MapClusterManifests(this IEndpointRouteBuilder api) =>
        api.MapGet("/configurations/{name}/manifests", GiveAsync).Produces<string>(contentType: "application/yaml")
            .WithSummary("The objects of a cluster that run an envelope as a configuration says, as YAML.");

    /// <summary>Objects that are called as the configuration is: nothing but them takes the place of them.</summary>
    private static async Task<IResult> GiveAsync(
        string name, string envelope, HttpContext context, ConfigurationStore configurations, IEnvelopeStore store,
        [FromServices] DeployingOptions? options)
    {
        var (asked, digest) = Named.Envelope(envelope);
        Grants.Of(context.User).Ensure(Role.Read, asked);
        var found = (await store.OpenAsync(asked, digest, context.RequestAborted)).Reference;
        var settings = (await configurations.FindAsync(name, context.RequestAborted))?.Settings ?? new();
        var platform = options?.Platform ?? OwnVersion;
        var tag = new BuildKey(found, platform, settings.Image).Folder;
        var registry = options?.Cluster?.ImageRegistry ?? context.Request.Host.Value;
        var image = new DeployedImage(
            name, 0, $"{registry}/services/{found.Name}:{tag}", found.Name, found.Digest.ToString(), platform);
        return TypedResults.Text(
            $"# {found} on the configuration '{name}', without gates, approval and canary.\n"
            + "# The image is there once the registry has deployed the envelope as a container or on a cluster.\n"
            + ManifestYaml.Write(ServiceManifests.Of(image, settings, options?.Cluster?.Kubernetes ?? new())),
            "application/yaml");
    }
}
