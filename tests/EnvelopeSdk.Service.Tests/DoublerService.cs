using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using EnvelopeSdk.Packing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service.Tests;

/// <summary>A service of the doubler on a free port of the loopback address.</summary>
internal sealed class DoublerService : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly WebApplication _app;

    private DoublerService(DirectoryInfo directory, WebApplication app)
    {
        (_directory, _app) = (directory, app);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    /// <summary>What an observable instrument of the service says now.</summary>
    public int Measure(string instrument)
    {
        var measured = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (one, listener) =>
            {
                if (one.Name == instrument && one.Meter.Scope == _app.Services.GetRequiredService<IMeterFactory>())
                {
                    listener.EnableMeasurementEvents(one);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => measured = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }

    public required WarningCollector Warnings { get; init; }

    /// <summary>What the application is made of.</summary>
    public IServiceProvider Services => _app.Services;

    public static async Task<DoublerService> StartAsync(
        bool waitUntilReady = true, Action<string>? damage = null, Action<IServiceCollection>? configure = null,
        Dictionary<string, string?>? settings = null, Action<WebApplication, IEndpointConventionBuilder>? map = null)
    {
        var directory = Directory.CreateTempSubdirectory("doubler-service-");
        var store = EnvelopeStore.Open(Path.Combine(directory.FullName, "store"));
        var model = new Doubler(2);
        await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [model.PredictExample(21), await model.EnumerateExampleAsync(3)] }, store);
        var unpacked = Path.Combine(directory.FullName, "envelope");
        var saved = await store.OpenAsync("doubler");
        await saved.UnpackAsync(unpacked);
        damage?.Invoke(unpacked);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 100_000);
        var warnings = new WarningCollector();
        builder.Logging.ClearProviders().AddProvider(warnings);
        configure?.Invoke(builder.Services);
        builder.Configuration.AddInMemoryCollection(settings);
        EnvelopeHosting.AddEnvelope(builder, new DoublerBinding(), $"{saved.Reference}", unpacked);
        var app = builder.Build();
        var endpoints = app.MapEnvelope();
        map?.Invoke(app, endpoints);
        await app.StartAsync();
        var service = new DoublerService(directory, app) { Warnings = warnings };
        while (waitUntilReady && await service.StatusAsync("health/ready") != 200)
        {
            await Task.Delay(5);
        }

        return service;
    }

    public async Task<int> StatusAsync(string route)
    {
        using var response = await Http.GetAsync(new Uri(route, UriKind.Relative));
        return (int)response.StatusCode;
    }

    public Task<(int Status, string MediaType, string Body)> PostAsync(string body, string mediaType = "application/json", string route = "predict") =>
        PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), mediaType, route);

    public async Task<(int Status, string MediaType, string Body)> PostAsync(HttpContent content, string mediaType, string route)
    {
        using (content)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
            using var response = await Http.PostAsync(new Uri(route, UriKind.Relative), content);
            return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Posts a call, and comes back as soon as the header of the answer is there.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string route, string body, string? accept = null, CancellationToken leaving = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(route, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving);
    }

    /// <summary>Waits until the application stops by itself.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
