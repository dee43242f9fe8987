using System.Net.Http.Headers;
using System.Text.Json;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Service.Tests.Model;
using EnvelopeSdk.Serving.Generated;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service.Tests;

/// <summary>A service of the orders on a free port of the loopback address, with the limits that a service has by itself.</summary>
public sealed class OrdersService : IAsyncLifetime
{
    private static readonly HttpClient Http = new();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orders-service-");
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var store = EnvelopeStore.Open(Path.Combine(_directory.FullName, "store"));
        await Envelope.SaveAsync(new Orders(1), store: store);
        var unpacked = Path.Combine(_directory.FullName, "envelope");
        await (await store.OpenAsync("orders")).UnpackAsync(unpacked);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        EnvelopeHosting.AddEnvelope(builder, new EnvelopeModelBinding(), "", unpacked);
        _app = builder.Build();
        _app.MapEnvelope();
        await _app.StartAsync();
        while ((await PostAsync(OrderText.Sound)).Status == 503)
        {
            await Task.Delay(5);
        }
    }

    /// <summary>Posts one order.</summary>
    /// <returns>The status and, when the body is problem details, the pointers in it.</returns>
    public async Task<(int Status, IReadOnlyList<string> Pointers)> PostAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await Http.PostAsync(new Uri(_app.Urls.Single() + "/weigh"), content);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return ((int)response.StatusCode, []);
        }

        using var problem = JsonDocument.Parse(answer);
        return ((int)response.StatusCode, problem.RootElement.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray().Select(one => one.GetProperty("pointer").GetString()!)] : []);
    }

    /// <summary>Posts any body.</summary>
    /// <returns>What is answered.</returns>
    public async Task<string> AskAsync(string route, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var response = await Http.PostAsync(new Uri($"{_app.Urls.Single()}/{route}"), content);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
