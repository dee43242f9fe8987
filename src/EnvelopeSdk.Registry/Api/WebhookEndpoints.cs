using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Events.Webhooks;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>The addresses that are told of what happens, for administrators.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").RequireAuthorization(Role.Administer)
            .WithMetadata(new OfAllNamesAttribute());
        webhooks.MapGet("", (WebhookStore store, CancellationToken cancellation) => store.ListAsync(cancellation))
            .WithSummary("The webhooks, and what keeps one from being told.");
        webhooks.MapPost("", async (NewWebhook wanted, HttpContext context, WebhookStore store) =>
        {
            context.Response.Headers.CacheControl = "no-store"; // it has a secret
            return TypedResults.Json(
                await store.AddAsync(Caller.Of(context.User), wanted, context.RequestAborted),
                statusCode: StatusCodes.Status201Created);
        }).Produces<MadeWebhook>(StatusCodes.Status201Created)
            .WithSummary("Makes a webhook; its messages are signed as Standard Webhooks has it.");
        webhooks.MapDelete("/{id}", async (string id, HttpContext context, WebhookStore store) =>
        {
            await store.RemoveAsync(Caller.Of(context.User), id, context.RequestAborted);
            return TypedResults.NoContent();
        }).WithSummary("Removes a webhook.");
    }
}
