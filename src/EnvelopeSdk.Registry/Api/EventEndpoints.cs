using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What happens to envelopes, as server-sent events.</summary>
internal static class EventEndpoints
{
    /// <summary>An event without meaning, so that nobody takes the connection for dead.</summary>
    private const string Alive = "alive";

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", (
        string? name, string? kind, long? after, HttpContext context, EventFeed feed) =>
    {
        Check(kind);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(
            TellAsync(feed, LastOf(context.Request) ?? after, name, kind, context.User, context.RequestAborted));
    }).WithSummary("What happens to envelopes, as server-sent events; it goes on after 'Last-Event-ID', or 'after'.");

    /// <summary>What a browser that lost the connection was told last.</summary>
    private static long? LastOf(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? last
            : null;

    /// <exception cref="EnvelopeException">There is no such kind.</exception>
    public static void Check(string? kind)
    {
        if (kind is not null && !RegistryEventKind.All.Contains(kind))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"Nothing that happens is called '{kind}'. There is: {string.Join(", ", RegistryEventKind.All)}.");
        }
    }

    private static async IAsyncEnumerable<SseItem<RegistryEvent?>> TellAsync(
        EventFeed feed, long? after, string? name, string? kind, ClaimsPrincipal user,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (last, one) in feed.ListenAsync(after, Grants.Of(user), cancellationToken))
        {
            if (one is null || ((name ?? one.Name) == one.Name && (kind ?? one.Kind) == one.Kind))
            {
                yield return new(one, one?.Kind ?? Alive) { EventId = last.ToString(CultureInfo.InvariantCulture) };
            }
        }
    }
}
