using System.Globalization;
using System.Net.ServerSentEvents;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What happens to envelopes, deployments and batches, as server-sent events.</summary>
internal static class EventEndpoints
{
    /// <summary>An event without meaning, so that nobody takes the connection for dead.</summary>
    private const string Alive = "alive";

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", (
        string? name, string? kind, long? after, HttpContext context, EventFeed feed, IHostApplicationLifetime host) =>
    {
        Check(kind);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(
            TellAsync(feed, LastOf(context.Request) ?? after, Wanted(name, kind, Grants.Of(context.User)), context, host));
    }).WithSummary(
        "What happens to envelopes, deployments and batches, as server-sent events; it goes on after 'Last-Event-ID', or "
        + "'after'.");

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

    private static Func<RegistryEvent, bool> Wanted(string? name, string? kind, Grants grants) => one =>
        (name ?? one.Name) == one.Name && (kind ?? one.Kind) == one.Kind && grants.May(Role.Read, one.Name);

    /// <summary>Until the caller goes, or the registry ends, which waits for nobody who listens.</summary>
    private static async IAsyncEnumerable<SseItem<RegistryEvent?>> TellAsync(
        EventFeed feed, long? after, Func<RegistryEvent, bool> isWanted, HttpContext context,
        IHostApplicationLifetime host)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, host.ApplicationStopping);
        await foreach (var (last, one) in feed.ListenAsync(after, isWanted, end.Token))
        {
            yield return new(one, one?.Kind ?? Alive) { EventId = last.ToString(CultureInfo.InvariantCulture) };
        }
    }
}
