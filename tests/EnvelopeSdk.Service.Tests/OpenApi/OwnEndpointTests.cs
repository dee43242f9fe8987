using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The document of an application that has more than the model.</summary>
public class OwnEndpointTests
{
    [Fact]
    public async Task Endpoints_of_the_application_are_in_the_document_too()
    {
        var document = await PublishedDocument.OfAsync(
            new Splitter(1), map: app => app.MapGet("/own", (string x = "\u0001") => new Own(x, 1)).WithTags("own\u0001").WithDescription("\u0002"));
        var operation = document.GetProperty("paths").GetProperty("/own").GetProperty("get");

        Assert.True(document.GetProperty("paths").TryGetProperty("/parts", out _));
        Assert.True(document.GetProperty("components").GetProperty("schemas").TryGetProperty("Own", out _));
        Assert.Equal("\u0002", operation.GetProperty("description").GetString());
        Assert.Equal("\u0001", operation.GetProperty("parameters")[0].GetProperty("schema").GetProperty("default").GetString());
        Assert.Equal(["own\u0001", "splitter"], document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Transformers_of_the_application_change_what_they_touch_and_nothing_else()
    {
        var document = await PublishedDocument.OfAsync(new Splitter(1), configure: builder => builder.Services.Configure<OpenApiOptions>("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Mine\u0001";
            var gap = (OpenApiSchema)document.Components!.Schemas!["PartGap"];
            gap.Description = "A gap.";
            gap.AdditionalPropertiesAllowed = true;
            document.Paths.Remove("/parts/batch");
            document.Components.Schemas.Remove("PartWord");
            return Task.CompletedTask;
        })));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var gap = schemas.GetProperty("PartGap");

        Assert.Equal("Mine\u0001", document.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal("A gap.", gap.GetProperty("description").GetString());
        Assert.Equal(2, gap.GetProperty("properties").GetProperty("\u0005kind").GetProperty("const").GetInt32());
        Assert.False(schemas.TryGetProperty("PartWord", out _));
        Assert.Equal(["/parts"], document.GetProperty("paths").EnumerateObject().Select(path => path.Name));
    }

    [Fact]
    public async Task A_document_of_OpenAPI_3_0_is_JSON_too()
    {
        var document = await PublishedDocument.OfAsync(
            new Splitter(1), configure: builder => builder.Services.Configure<OpenApiOptions>("v1", options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0));

        Assert.StartsWith("3.0", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(document.GetProperty("paths").TryGetProperty("/parts", out _));
    }

    [Fact]
    public async Task The_address_of_the_server_is_that_of_the_request()
    {
        var servers = (await PublishedDocument.OfAsync(new Splitter(1))).GetProperty("servers");
        var server = new Uri(servers[0].GetProperty("url").GetString()!);
        Assert.Equal(1, servers.GetArrayLength());
        Assert.Equal("127.0.0.1", server.Host);
        Assert.False(servers[0].GetProperty("url").GetString()!.EndsWith('/'));
    }

    private sealed record Own(string X, int Y);
}
