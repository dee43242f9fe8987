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
    private readonly GatewayDirectory _directory;
    private readonly ControlServer _control;
    private readonly WebApplication _app;

    private GatewayServer(GatewayDirectory directory, ControlServer control, WebApplication app) =>
        (_directory, _control, _app) = (directory, control, app);

    /// <summary>Where callers reach it, the first address.</summary>
    public string Address => _app.Urls.First();

    /// <summary>All addresses at which callers reach it.</summary>
    public IReadOnlyList<string> Addresses => [.. _app.Urls];

    /// <summary>Starts a gateway with the routes that it had before.</summary>
    /// <param name="options">How it is run. Nothing else counts: no variable of the environment, and no file.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="EnvelopeException">
    /// One runs in the directory already, others may enter it, the routes there cannot be read, the certificate cannot
    /// be used, or an address cannot be listened on.
    /// </exception>
    public static async Task<GatewayServer> StartAsync(
        GatewayOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ListenAddresses.Check(options.Urls);
        var directory = GatewayDirectory.Take(options.Directory);
        WebApplication? app = null;
        try
        {
            var (board, file) = (new RouteBoard(), new RouteFile(options.Directory));
            board.Replace(file.Load(), _ => { });
            var logs = new StartLogs();
            app = Build(options, board, logs);
            await app.StartAsync(cancellationToken);
            var control = await ControlServer.StartAsync(directory.Socket, board, file, cancellationToken);
            logs.IsStarted = true;
            return new(directory, control, app);
        }
        catch (Exception failure)
        {
            await (app?.DisposeAsync() ?? default);
            directory.Dispose();
            if (ListenAddresses.IsNotListening(failure))
            {
                throw ListenAddresses.NotListening("gateway", options.Urls, failure);
            }

            throw;
        }
    }

    /// <summary>
    /// Waits until the process is told to end, by Ctrl-C or SIGTERM, and what is under way has ended.
    /// </summary>
    /// <param name="cancellationToken">Ends the gateway.</param>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>
    /// Ends the gateway: it takes no more requests, and waits for those that are under way as long as it has patience.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _control.DisposeAsync();
        _directory.Dispose();
    }

    private static WebApplication Build(GatewayOptions options, RouteBoard board, StartLogs logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", logs.Take);
        builder.Logging.AddFilter("Yarp", LogLevel.Error); // what fails is counted, and said to the caller
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls([.. ListenAddresses.Split(options.Urls)]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = _ => ForwardedHeaders.Encoding;
            kestrel.ResponseHeaderEncodingSelector = _ => ForwardedHeaders.Encoding;
            kestrel.ConfigureHttpsDefaults(
                https => TlsCertificate.Use(https, options.Certificate, options.CertificateKey));
            kestrel.Limits.MaxRequestBodySize = null; // each service has its own
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Patience);
        builder.Services.AddHttpForwarder();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(of => new RequestForwarder(
            of.GetRequiredService<IHttpForwarder>(), board, options));
        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<RequestForwarder>().ForwardAsync);
        return app;
    }
}
