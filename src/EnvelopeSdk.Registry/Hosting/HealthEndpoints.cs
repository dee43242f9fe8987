using System.Data.Common;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>What probes ask, who have no key.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("Healthy")).AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    /// <summary>Whether the databases answer, without which no request does.</summary>
    private static async Task<IResult> ReadyAsync(
        Database catalog, RecordsDatabase records, CancellationToken cancellationToken)
    {
        try
        {
            await (await catalog.ConnectAsync(cancellationToken)).DisposeAsync();
            await records.ReadAsync("select 1", row => row.GetInt32(0), cancellationToken);
            return Results.Text("Healthy");
        }
        catch (Exception failure) when (failure is EnvelopeException or DbException)
        {
            return Results.Text("Unhealthy", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
