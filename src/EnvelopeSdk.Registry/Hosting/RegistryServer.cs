using EnvelopeSdk.Distribution;
using EnvelopeSdk.Gateway;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Access.Tokens;
using EnvelopeSdk.Registry.Advisories;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Distribution;
using EnvelopeSdk.Registry.Events;
using EnvelopeSdk.Registry.Pages;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Registry.Stores.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>A registry that runs.</summary>
public sealed class RegistryServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly Announcement[] _announced;

    private RegistryServer(WebApplication app, StartToken? token, ServerOptions options)
    {
        (_app, Token) = (app, token?.Text);
        _announced = token is null
            ? []
            : [.. app.Urls.Select(url =>
                token.Announce(StartTokens.PathOf(options.UserDirectory, new Uri(url).Authority)))];
    }

    /// <summary>Where it listens, the first address: <c>http://127.0.0.1:5480</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>The secret that lets its starter in; null where other machines reach it and keys alone do.</summary>
    public string? Token { get; }

    /// <summary>The address that signs a browser in, by itself or with a key.</summary>
    public string SignInAddress => Address + (Token is null ? Links.SignIn(null) : $"/?{SignIn.Parameter}={Token}");

    /// <summary>Starts a registry.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="EnvelopeException">
    /// The store cannot be served, or an address cannot be listened on, or can be reached from other machines while
    /// there is no administrator's key.
    /// </exception>
    public static async Task<RegistryServer> StartAsync(
        ServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ListenAddresses.Check(options.Urls);
        options.Oidc?.Check();
        options.Deploying?.Cluster?.Check();
        KeepServicesOut(options);
        var reach = Reach.Of(options);
        var token = reach.IsOpen ? null : StartToken.Load(TokenFile.PathOf(options));
        var logs = new StartLogs();
        var app = Build(options, reach, token, logs);
        try
        {
            await app.StartAsync(cancellationToken);
            logs.IsStarted = true;
            return new(app, token, options);
        }
        catch (Exception failure) when (ListenAddresses.IsNotListening(failure))
        {
            await app.DisposeAsync();
            throw ListenAddresses.NotListening("registry", options.Urls, failure);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is told to end, by Ctrl-C or SIGTERM.</summary>
    /// <param name="cancellationToken">Ends the registry.</param>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Ends the registry. What is under way breaks, unless its end was waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Array.ForEach(_announced, one => one.Dispose());
    }

    /// <summary>Of a store in a directory; that of a team is wherever its database and its content are.</summary>
    private static void KeepServicesOut(ServerOptions options)
    {
        var directory = options.Blobs is null ? options.Store
            : BlobStorage.IsFolder(options.Blobs) ? options.Blobs : null;
        if (directory is not null)
        {
            ServiceUser.Find(options.Deploying?.RunAs)?.ShutOutOf(Path.GetFullPath(directory));
        }
    }

    private static WebApplication Build(
        ServerOptions options, Reach reach, StartToken? token, StartLogs logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // its keys are records
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", logs.Take);
        builder.WebHost.UseUrls(options.Urls).UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureHttpsDefaults(
                https => TlsCertificate.Use(https, options.Certificate, options.CertificateKey));
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddRecords(options);
        builder.Services.AddCatalog(options);
        builder.Services.AddEvents();
        builder.Services.AddSingleton(of => new AdvisoryBoard(
            options.Advisories, of.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(of => of.GetRequiredService<AdvisoryBoard>());
        builder.Services.AddAccess(reach, token, options.Oidc);
        builder.Services.AddDeploying(options.Deploying);
        builder.Services.AddApi();
        builder.Services.AddDistribution();
        builder.Services.AddPages();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseWhen(one => one.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages()); // of Kestrel
        app.Use(PageServices.TellAsync);
        app.UseAccess();
        app.MapHealth();
        app.MapApi();
        app.MapTokens();
        app.MapDistribution();
        app.MapPages();
        return app;
    }
}
