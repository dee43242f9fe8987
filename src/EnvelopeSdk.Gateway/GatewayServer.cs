using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Gateway.Forwarding;
using EnvelopeSdk.Gateway.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace EnvelopeSdk.Gateway;

/// <summary>
/// A gateway that runs: it forwards <c>/NAME/...</c> to the versions that are live under that name. It is a process of
/// its own, so that nothing else that starts and ends stops the requests.
/// </summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayServer(WebApplication app) => _app = app;

    /// <summary>Where callers reach it, the first address.</summary>
    public string Address => _app.Urls.First(url => !url.StartsWith("http://unix:", StringComparison.Ordinal));

    /// <summary>Starts a gateway with the routes that it had before.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="EnvelopeException">
    /// One runs in the directory already, the routes there cannot be read, or an address cannot be listened on.
    /// </exception>
    public static async Task<GatewayServer> StartAsync(
        GatewayOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var socket = ControlSocket.PathOf(options.Directory);
        MakePrivate(options.Directory);
        await ControlSocket.TakeAsync(socket, cancellationToken);
        var app = Build(options, socket);
        try
        {
            await app.StartAsync(cancellationToken);
            return new(app);
        }
        catch (IOException failure)
        {
            await app.DisposeAsync();
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The gateway cannot listen on {options.Urls}: {failure.Message} Give other --urls, or end what listens "
                + "there.",
                failure);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is told to end, by Ctrl-C or SIGTERM.</summary>
    /// <param name="cancellationToken">Ends the gateway.</param>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Ends the gateway, after the requests that are under way.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(GatewayOptions options, string socket)
    {
        var (board, file) = (new RouteBoard(), new RouteFile(options.Directory));
        board.Replace(file.Load(), _ => { });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Yarp", LogLevel.Error); // what fails is counted, and said to the caller
        builder.WebHost.UseUrls([.. options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries), "http://unix:" + socket])
            .UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // each service has its own
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Patience);
        builder.Services.AddHttpForwarder();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(of => new RequestForwarder(of.GetRequiredService<IHttpForwarder>(), board, options));
        var app = builder.Build();
        app.UseControl(board, file, DateTimeOffset.UtcNow);
        app.Run(app.Services.GetRequiredService<RequestForwarder>().ForwardAsync);
        return app;
    }

    private static void MakePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(directory, Own);
        File.SetUnixFileMode(directory, Own);
    }
}
