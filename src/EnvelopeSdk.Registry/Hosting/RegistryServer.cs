using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>A registry that runs.</summary>
public sealed class RegistryServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RegistryServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, the first address: <c>http://127.0.0.1:5480</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts a registry.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="EnvelopeException">The store cannot be served, or the addresses cannot be listened on.</exception>
    public static async Task<RegistryServer> StartAsync(
        ServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(options.Urls).UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(options);
        builder.Services.AddCatalog(options);
        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Text("Healthy"));
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    /// <summary>Waits until the process is told to end, by Ctrl-C or SIGTERM.</summary>
    /// <param name="cancellationToken">Ends the registry.</param>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Ends the registry, after the requests that are under way.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
