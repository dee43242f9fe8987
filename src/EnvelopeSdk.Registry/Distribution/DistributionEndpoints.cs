using System.Text.Json.Nodes;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Access.Tokens;
using EnvelopeSdk.Registry.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>The registry of OCI artifacts at <c>/v2/</c> (distribution specification 1.1).</summary>
internal static class DistributionEndpoints
{
    public static IServiceCollection AddDistribution(this IServiceCollection services)
    {
        services.TryAddSingleton<IDistributionAccess, RoleAccess>();
        return services.AddSingleton<MadeContent>().AddSingleton<RegistryContent>().AddSingleton<EnvelopeArrival>();
    }

    public static void MapDistribution(this WebApplication app)
    {
        var services = app.Services;
        var access = services.GetRequiredService<IDistributionAccess>();
        var content = services.GetRequiredService<RegistryContent>();
        var routes = new RouteTable();
        routes.MapVersion();
        routes.MapBlobs(content);
        routes.MapUploads(content, services.GetRequiredService<IUploads>(), access);
        routes.MapManifests(content, services.GetRequiredService<EnvelopeArrival>());
        routes.MapTags(content);
        routes.MapReferrers(content);
        routes.MapCatalog(content, access);
        app.Map("/v2/{**path}", (HttpContext context, string? path) =>
            ErrorAnswers.RunAsync(context, () => AnswerAsync(context, path ?? "", routes, access)));
    }

    private static void MapVersion(this RouteTable routes)
    {
        foreach (var method in (string[])[HttpMethods.Get, HttpMethods.Head])
        {
            routes.Map(Topic.Version, method, request => request.Response.WriteJsonAsync(new JsonObject()));
        }
    }

    private static async Task AnswerAsync(
        HttpContext context, string path, RouteTable routes, IDistributionAccess access)
    {
        context.Response.Headers["Docker-Distribution-API-Version"] = "registry/2.0";
        context.Response.Headers.XContentTypeOptions = "nosniff"; // others wrote it, and pages are of this address too
        if (RequestPath.TryParse(path) is not { } parsed)
        {
            throw Refusals.Unsupported(
                StatusCodes.Status404NotFound, $"'/v2/{SafeText.Of(path)}' is no address of a registry's interface.");
        }

        if (parsed.Repository is { } repository && !OciReference.IsRepository(repository))
        {
            throw Refusals.NameInvalid(repository);
        }

        var answer = routes.Find(parsed.Topic, context.Request.Method);
        await EnsureAllowedAsync(context, parsed, access);
        await answer(new(context, parsed.Repository ?? "", parsed.Reference));
    }

    private static async Task EnsureAllowedAsync(HttpContext context, RequestPath path, IDistributionAccess access)
    {
        var isWrite = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        var permission = await access.AuthorizeAsync(context, path.Repository, isWrite);
        if (permission != DistributionPermission.Granted)
        {
            if (permission == DistributionPermission.LoginNeeded)
            {
                RegistryChallenge.Add(context);
            }

            throw permission == DistributionPermission.LoginNeeded
                ? new RefusedException(
                    StatusCodes.Status401Unauthorized, "UNAUTHORIZED",
                    "This registry has to know who asks. Log in to it.")
                : new RefusedException(
                    StatusCodes.Status403Forbidden, "DENIED",
                    $"Who is logged in may not {(isWrite ? "write" : "read")} this. "
                    + "Ask an administrator for the right.");
        }
    }
}
