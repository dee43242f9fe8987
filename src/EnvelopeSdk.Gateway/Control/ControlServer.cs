using System.Text.Json;
using EnvelopeSdk.Gateway.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Gateway.Control;

/// <summary>
/// Is told the routes of a gateway, and asked how it does. It listens on the socket alone, and nothing that callers of
/// the gateway send comes here.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    public const string Routes = "/routes";
    public const string Status = "/status";

    private readonly WebApplication _app;

    private ControlServer(WebApplication app) => _app = app;

    /// <param name="socket">Where it listens.</param>
    /// <param name="board">The routes.</param>
    /// <param name="file">Where they are kept.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<ControlServer> StartAsync(
        string socket, RouteBoard board, RouteFile file, CancellationToken cancellationToken)
    {
        var started = DateTimeOffset.UtcNow;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.Run(context => (context.Request.Method, context.Request.Path.Value) switch
        {
            ("PUT", Routes) => ReplaceAsync(context, board, file),
            ("GET", Status) => Results.Json(
                board.Status(started), GatewayJsonContext.Default.GatewayStatus).ExecuteAsync(context),
            _ => Results.NotFound().ExecuteAsync(context),
        });
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task ReplaceAsync(HttpContext context, RouteBoard board, RouteFile file)
    {
        try
        {
            var list = await JsonSerializer.DeserializeAsync(
                context.Request.Body, GatewayJsonContext.Default.RouteList, context.RequestAborted);
            RouteList.Check(list);
            await (board.Replace(list!, file.Write)
                ? Results.NoContent()
                : Results.Problem(
                    $"The routes of revision {board.List.Revision} hold, and {list!.Revision} is older.",
                    statusCode: 409))
                .ExecuteAsync(context);
        }
        catch (Exception wrong) when (wrong is JsonException or EnvelopeException or BadHttpRequestException)
        {
            await Results.Problem(wrong.Message, statusCode: 400).ExecuteAsync(context);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Results.Problem(
                $"The routes cannot be kept: {failure.Message}", statusCode: 503).ExecuteAsync(context);
        }
    }
}
