using System.Text.Json;
using EnvelopeSdk.Gateway.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Gateway.Control;

/// <summary>What a gateway is told and asked over its socket.</summary>
internal static class ControlEndpoints
{
    public const string Routes = "/routes";
    public const string Status = "/status";

    /// <param name="app">The gateway.</param>
    /// <param name="board">Its routes.</param>
    /// <param name="file">Where it keeps them.</param>
    /// <param name="started">When it started.</param>
    public static void UseControl(this WebApplication app, RouteBoard board, RouteFile file, DateTimeOffset started) =>
        app.MapWhen(context => context.Connection.LocalPort == 0 && context.Connection.LocalIpAddress is null, control =>
            control.Run(context => (context.Request.Method, context.Request.Path.Value) switch
            {
                ("PUT", Routes) => ReplaceAsync(context, board, file),
                ("GET", Status) => Results.Json(
                    board.Status(started), GatewayJsonContext.Default.GatewayStatus).ExecuteAsync(context),
                _ => Results.NotFound().ExecuteAsync(context),
            }));

    private static async Task ReplaceAsync(HttpContext context, RouteBoard board, RouteFile file)
    {
        try
        {
            var list = await JsonSerializer.DeserializeAsync(
                context.Request.Body, GatewayJsonContext.Default.RouteList, context.RequestAborted)
                ?? throw new JsonException("It is null.");
            list.Check();
            await (board.Replace(list, file.Write)
                ? Results.NoContent()
                : Results.Problem(
                    $"The routes of revision {board.List.Revision} hold, and {list.Revision} is older.", statusCode: 409))
                .ExecuteAsync(context);
        }
        catch (Exception wrong) when (wrong is JsonException or EnvelopeException)
        {
            await Results.Problem(wrong.Message, statusCode: 400).ExecuteAsync(context);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Results.Problem($"The routes cannot be kept: {failure.Message}", statusCode: 503).ExecuteAsync(context);
        }
    }
}
