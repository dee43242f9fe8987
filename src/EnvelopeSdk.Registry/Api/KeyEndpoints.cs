using System.Security.Claims;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>The keys that let callers in, for administrators; and for each caller, who they are here.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", (ClaimsPrincipal caller) => KnownCaller.Of(caller))
            .WithSummary("Who asks, and what they may do.");
        var keys = api.MapGroup("/keys").RequireAuthorization(Role.Administer);
        keys.MapGet("", (KeyStore store, CancellationToken cancellation) => store.ListAsync(cancellation))
            .WithSummary("The keys, the newest first, without their secrets.");
        keys.MapPost("", async (NewKey wanted, HttpContext context, KeyStore store) =>
        {
            context.Response.Headers.CacheControl = "no-store"; // it has a secret
            return TypedResults.Json(
                await store.AddAsync(Caller.Of(context.User), wanted, context.RequestAborted),
                statusCode: StatusCodes.Status201Created);
        }).Produces<MadeKey>(StatusCodes.Status201Created).WithSummary("Makes a key, and gives its text this once.");
        keys.MapDelete("/{key}", async (string key, HttpContext context, KeyStore store) =>
        {
            await store.RevokeAsync(Caller.Of(context.User), key, context.RequestAborted);
            return TypedResults.NoContent();
        }).WithSummary("Revokes a key, by its id or its name.");
    }
}

/// <summary>Who somebody is to the registry.</summary>
/// <param name="Name">What their changes bear as the writer.</param>
/// <param name="Via">By what the registry knows them.</param>
/// <param name="Roles">What they may do.</param>
/// <param name="Pattern">The names to which they are limited; null: all.</param>
internal sealed record KnownCaller(string Name, string Via, IEnumerable<string> Roles, string? Pattern)
{
    public static KnownCaller Of(ClaimsPrincipal user)
    {
        var (caller, grants) = (Caller.Of(user), Grants.Of(user));
        return new(caller.Who, caller.Via, grants.Roles, grants.Names?.Text);
    }
}
