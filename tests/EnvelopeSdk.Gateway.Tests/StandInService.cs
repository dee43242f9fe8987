using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>A service behind the gateway, which answers as a test wants.</summary>
internal sealed class StandInService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandInService(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <param name="answer">Answers each request.</param>
    /// <param name="url">Where it listens.</param>
    public static async Task<StandInService> StartAsync(RequestDelegate answer, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Answers with a text.</summary>
    public static Task<StandInService> StartAsync(string text) =>
        StartAsync(context => context.Response.WriteAsync(text));

    /// <summary>An address at which nobody listens.</summary>
    public static async Task<string> GoneAsync()
    {
        await using var service = await StartAsync("");
        return service.Address;
    }

    /// <summary>Ends when what is under way has ended.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
