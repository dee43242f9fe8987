using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Gateway.Routing;

namespace EnvelopeSdk.Gateway.Control;

/// <summary>Tells the gateway of a directory its routes, and asks how it does. It is of the same user.</summary>
public sealed class GatewayClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly string _directory;

    /// <param name="directory">The gateway's directory.</param>
    /// <exception cref="EnvelopeException">Its path is too long for a socket.</exception>
    public GatewayClient(string directory)
    {
        var path = ControlSocket.PathOf(directory);
        _directory = directory;
        _http = new(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellation) =>
                new NetworkStream(await ControlSocket.ConnectAsync(path, cancellation), ownsSocket: true),
        })
        {
            BaseAddress = new("http://gateway"),
            Timeout = Patience,
        };
    }

    /// <summary>Lets a list of routes hold from now on, in one step.</summary>
    /// <param name="routes">The list.</param>
    /// <param name="cancellationToken">Stops it: then it may hold or not.</param>
    /// <returns>Whether it holds: not when a newer one does.</returns>
    /// <exception cref="EnvelopeException">No gateway answers, or it cannot forward so.</exception>
    public async Task<bool> ReplaceAsync(RouteList routes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return await AskAsync(
            () => _http.PutAsJsonAsync(
                ControlServer.Routes, routes, GatewayJsonContext.Default.RouteList, cancellationToken),
            async answer => answer.StatusCode switch
            {
                HttpStatusCode.NoContent => true,
                HttpStatusCode.Conflict => false,
                HttpStatusCode.BadRequest => throw new EnvelopeException(
                    EnvelopeError.Invalid, $"The gateway does not take the routes: {await DetailAsync(answer)}"),
                _ => throw NoAnswer(await DetailAsync(answer), null),
            },
            cancellationToken);
    }

    /// <summary>How the gateway does.</summary>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">No gateway answers.</exception>
    public Task<GatewayStatus> StatusAsync(CancellationToken cancellationToken = default) => AskAsync(
        () => _http.GetAsync(ControlServer.Status, cancellationToken),
        async answer => answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync(GatewayJsonContext.Default.GatewayStatus, cancellationToken)
                ?? throw NoAnswer("it says nothing.", null)
            : throw NoAnswer(await DetailAsync(answer), null),
        cancellationToken);

    /// <summary>Whether a gateway answers.</summary>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StatusAsync(cancellationToken);
            return true;
        }
        catch (EnvelopeException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T> AskAsync<T>(
        Func<Task<HttpResponseMessage>> ask, Func<HttpResponseMessage, Task<T>> read,
        CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await ask();
            return await read(answer);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw NoAnswer(IsNotThere(failure) ? "none runs there." : failure.Message, failure);
        }
    }

    /// <summary>Whether there is no socket, or one that was left by a gateway that was killed.</summary>
    private static bool IsNotThere(Exception failure) => failure.InnerException is SocketException
    {
        SocketErrorCode: SocketError.AddressNotAvailable or SocketError.ConnectionRefused,
    };

    private static async Task<string> DetailAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && JsonNode.Parse(text)?["detail"] is { } detail
                ? detail.ToString()
                : $"it answers {(int)answer.StatusCode}.";
    }

    private EnvelopeException NoAnswer(string reason, Exception? failure) => new(
        EnvelopeError.Unavailable,
        $"The gateway in '{_directory}' does not answer: {reason} Start it with 'envelope gateway'.",
        failure);
}
