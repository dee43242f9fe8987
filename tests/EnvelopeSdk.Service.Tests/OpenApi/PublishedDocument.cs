using System.Text;
using System.Text.Json;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The API document of a model, as its service answers it.</summary>
internal static class PublishedDocument
{
    private static readonly HttpClient Http = new();
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The document, read by a parser that takes nothing but JSON.</summary>
    public static async Task<JsonElement> OfAsync<TModel>(
        TModel model, EnvelopeInfo? info = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
        where TModel : class, IEnvelopeModel<TModel> => JsonElement.Parse(await TextAsync(model, info, configure, map), new() { MaxDepth = 1000 });

    /// <summary>The text of the document.</summary>
    public static async Task<string> TextAsync<TModel>(
        TModel model, EnvelopeInfo? info = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
        where TModel : class, IEnvelopeModel<TModel>
    {
        var directory = Directory.CreateTempSubdirectory("document-");
        try
        {
            var store = EnvelopeStore.Open(Path.Combine(directory.FullName, "store"));
            var saved = await Envelope.SaveAsync(model, info, store);
            var unpacked = Path.Combine(directory.FullName, "envelope");
            await (await store.OpenAsync(saved.Name)).UnpackAsync(unpacked);

            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            EnvelopeHosting.AddEnvelope(builder, new NoQueries<TModel>(model), "", unpacked);
            configure?.Invoke(builder);
            await using var app = builder.Build();
            app.MapEnvelope();
            map?.Invoke(app);
            await app.StartAsync();
            return Utf8.GetString(await Http.GetByteArrayAsync(new Uri(app.Urls.Single() + "/openapi/v1.json")));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>A schema, or the component that it refers to.</summary>
    public static JsonElement Resolve(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, (place, name) => place.GetProperty(name))
        : schema;

    /// <summary>The document is made from the envelope alone.</summary>
    private sealed class NoQueries<TModel>(TModel model) : ModelBinding<TModel>
        where TModel : class
    {
        public override IReadOnlyList<IModelQuery<TModel>> CreateQueries() => [];

        public override ValueTask<TModel> LoadAsync(StateReader reader, CancellationToken cancellationToken) => new(model);
    }
}
