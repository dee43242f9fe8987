using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>
/// Answers the API documents, in place of the endpoint of ASP.NET Core, whose text is not always JSON.
/// </summary>
internal static class DocumentEndpoint
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is no part of a page
    };

    public static void MapDocuments(this IEndpointRouteBuilder app) =>
        app.MapMethods("/openapi/{name}.json", EnvelopeEndpoints.Reading, (RequestDelegate)AnswerAsync)
            .ExcludeFromDescription();

    private static async Task AnswerAsync(HttpContext context)
    {
        // ASP.NET Core registers documents, and their options, under names in small letters.
        var name = ((string)context.Request.RouteValues["name"]!).ToLowerInvariant();
        if (context.RequestServices.GetKeyedService<IOpenApiDocumentProvider>(name) is not { } provider)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var version = context.RequestServices.GetRequiredService<IOptionsMonitor<OpenApiOptions>>().Get(name)
            .OpenApiVersion;
        var making = ExactDocument.Current = new ExactDocument(ServerOf(context.Request));
        var document = await provider.GetOpenApiDocumentAsync(context.RequestAborted);
        await WriteAsync(making.Write(document, version), context);
    }

    /// <summary>Paths begin with a slash, so it ends without one.</summary>
    private static string ServerOf(HttpRequest request) =>
        UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase).TrimEnd('/');

    private static async Task WriteAsync(JsonObject document, HttpContext context)
    {
        context.Response.ContentType = "application/json;charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Readable);
        document.WriteTo(writer);
        await writer.FlushAsync(context.RequestAborted);
    }
}
