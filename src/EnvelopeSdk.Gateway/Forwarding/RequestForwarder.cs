using System.Diagnostics;
using EnvelopeSdk.Gateway.Routing;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace EnvelopeSdk.Gateway.Forwarding;

/// <summary>
/// Sends each request to a replica of its route, and counts how it ended. One that cannot be reached has done nothing
/// yet, so another is asked; what may have been done is never asked twice.
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
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    public async Task ForwardAsync(HttpContext context)
    {
        List<LiveReplica> tried = [];
        while (true)
        {
            var (route, version, replica) = board.Choose(NameIn(context.Request.Path.Value), tried);
            if (version is null || replica is null)
            {
                await (route is null ? GatewayProblem.NoRouteAsync(context)
                    : tried.Count > 0 ? GatewayProblem.UnreachableAsync(context, route.Name)
                    : GatewayProblem.NothingLiveAsync(context, route.Name));
                return;
            }

            if (await TryAsync(context, route!.Name, version, replica))
            {
                return;
            }

            tried.Add(replica);
            context.Response.Clear(); // the forwarder has said 502
        }
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
                version.Counter.End(context.Response.StatusCode, Stopwatch.GetElapsedTime(begun));
                return true;
            }

            return await FailAsync(context, route, version, replica, error);
        }
        finally
        {
            replica.End();
        }
    }

    private static async Task<bool> FailAsync(
        HttpContext context, string route, LiveVersion version, LiveReplica replica, ForwarderError error)
    {
        switch (error)
        {
            case ForwarderError.Request when context.Features.Get<IForwarderErrorFeature>()?.Exception
                is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }:
                version.Counter.Fault();
                replica.Shun();
                context.Features.Set<IForwarderErrorFeature>(null);
                return false;
            case var _ when context.RequestAborted.IsCancellationRequested:
                version.Counter.Leave();
                return true;
            case ForwarderError.RequestBodyClient:
                version.Counter.Leave();
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
