using System.Diagnostics;
using EnvelopeSdk.Gateway.Routing;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace EnvelopeSdk.Gateway.Forwarding;

/// <summary>
/// Sends each request to a replica of its route, and counts how it ended. One that cannot be reached has done nothing
/// yet, so another is asked; a request with a body that may have been done is not sent again.
/// </summary>
internal sealed class RequestForwarder(IHttpForwarder forwarder, RouteBoard board, GatewayOptions options) : IDisposable
{
    private readonly ForwardedHeaders _headers = new();
    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = options.Silence,
        Version = System.Net.HttpVersion.Version11,
    };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ActivityHeadersPropagator = DistributedContextPropagator.CreatePassThroughPropagator(),
        ConnectCallback = ServiceConnection.OpenAsync,
        RequestHeaderEncodingSelector = (_, _) => ForwardedHeaders.Encoding,
        ResponseHeaderEncodingSelector = (_, _) => ForwardedHeaders.Encoding,
    });

    public async Task ForwardAsync(HttpContext context)
    {
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            await GatewayProblem.NoTunnelAsync(context);
            return;
        }

        List<LiveReplica> tried = [];
        var chosen = board.Choose(NameIn(context.Request.Path.Value), null, tried);
        while (chosen is { Route: { } route, Version: { } version, Replica: { } replica })
        {
            if (await TryAsync(context, route.Name, version, replica))
            {
                return;
            }

            tried.Add(replica);
            context.Response.Clear(); // the forwarder has said 502
            chosen = board.Choose(route.Name, version, tried);
        }

        await (chosen.Route is null ? GatewayProblem.NoRouteAsync(context)
            : tried.Count > 0 ? GatewayProblem.UnreachableAsync(context, chosen.Route.Name)
            : GatewayProblem.NothingLiveAsync(context, chosen.Route.Name));
    }

    public void Dispose() => _client.Dispose();

    private static ReadOnlySpan<char> NameIn(ReadOnlySpan<char> path)
    {
        var rest = path.TrimStart('/');
        return rest.IndexOf('/') is >= 0 and var end ? rest[..end] : rest;
    }

    /// <returns>Whether the request is done with: not when the replica could not be reached.</returns>
    private async Task<bool> TryAsync(HttpContext context, string route, LiveVersion version, LiveReplica replica)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var error = await forwarder.SendAsync(context, replica.Address, _client, _config, _headers);
            if (error == ForwarderError.None)
            {
                version.Counter.Answer(context.Response.StatusCode, Stopwatch.GetElapsedTime(begun));
                return true;
            }

            return await FailAsync(context, route, version, replica, error);
        }
        finally
        {
            version.Counter.Leave();
            replica.End();
        }
    }

    private static async Task<bool> FailAsync(
        HttpContext context, string route, LiveVersion version, LiveReplica replica, ForwarderError error)
    {
        switch (error)
        {
            case ForwarderError.Request when ServiceConnection.IsUnreached(
                context.Features.Get<IForwarderErrorFeature>()?.Exception):
                version.Counter.Unreach();
                replica.Shun();
                context.Features.Set<IForwarderErrorFeature>(null);
                return false;
            case ForwarderError.RequestCanceled:
                version.Counter.GiveUp();
                return true;
            case ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled
                or ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestCanceled
                or ForwarderError.UpgradeResponseCanceled:
                return true; // the caller has left
            case ForwarderError.RequestBodyClient:
                await GatewayProblem.BadBodyAsync(context);
                return true;
            case ForwarderError.RequestTimedOut:
                version.Counter.Fault();
                await GatewayProblem.SilentAsync(context, route);
                return true;
            default:
                version.Counter.Fault();
                await GatewayProblem.BrokenAsync(context, route);
                return true;
        }
    }
}
