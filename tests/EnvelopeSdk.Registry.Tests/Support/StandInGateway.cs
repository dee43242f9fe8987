using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>Answers in the place of a gateway, and keeps what it was asked.</summary>
internal sealed class StandInGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandInGateway(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>The path and the body of the last request.</summary>
    public (string Path, string Body) Asked { get; private set; }

    /// <summary>What it answers.</summary>
    public string Answer { get; set; } = """{"value":6.6545,"unit":"EUR"}""";

    public static async Task<StandInGateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gateway = new StandInGateway(builder.Build());
        gateway._app.Run(gateway.AnswerAsync);
        await gateway._app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body, Encoding.UTF8);
        Asked = (context.Request.Path.ToString(), await body.ReadToEndAsync());
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Answer);
    }
}
