using System.Diagnostics;
using EnvelopeSdk.Gateway;
using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Gateway.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace EnvelopeSdk.Benchmarks;

/// <summary>What can stand between callers and a service.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="StartAsync">Starts one, with a directory of its own, before the service at an address.</param>
internal sealed record Forwarder(string Name, Func<string, string, Task<StartedServer>> StartAsync);

/// <summary>The gateway, what else a user would take, and a service that they are before.</summary>
internal static class Forwarders
{
    /// <summary>The route that all of them have.</summary>
    public const string Route = "prices";

    private static readonly byte[] Prediction = """{"price":1234.5,"currency":"EUR"}"""u8.ToArray();

    public static Forwarder Gateway { get; } = new(
        "envelope gateway", (directory, service) => StartedServer.StartSelfAsync(["forward", directory, service]));

    /// <summary>YARP as its introduction has it.</summary>
    public static Forwarder Yarp { get; } = new(
        "YARP by configuration", (_, service) => StartedServer.StartSelfAsync(["forward-yarp", service]));

    /// <summary>Debian's nginx, with connections to the service that are kept.</summary>
    public static Forwarder Nginx { get; } = new("nginx", StartNginxAsync);

    /// <summary>A service that reads what it is sent and answers always the same, so that nothing is faster.</summary>
    public static async Task AnswerAsync()
    {
        await using var app = Build(WebApplication.CreateSlimBuilder());
        app.MapPost($"/{Route}/predict", async context =>
        {
            for (var body = await context.Request.BodyReader.ReadAsync(); ;)
            {
                context.Request.BodyReader.AdvanceTo(body.Buffer.End);
                if (body.IsCompleted)
                {
                    break;
                }

                body = await context.Request.BodyReader.ReadAsync();
            }

            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Prediction.Length;
            await context.Response.Body.WriteAsync(Prediction);
        });
        await RunAsync(app);
    }

    public static async Task ForwardAsync(string directory, string service)
    {
        await using var gateway = await GatewayServer.StartAsync(new()
        {
            Directory = directory,
            Urls = "http://127.0.0.1:0",
        });
        using var control = new GatewayClient(directory);
        await control.ReplaceAsync(new(1, [new(Route, [new RouteVersion("1", 100, [service])])]));
        Console.WriteLine(new Uri(gateway.Address).Authority);
        await gateway.WaitForShutdownAsync();
    }

    public static async Task ForwardByYarpAsync(string service)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = Route, ClusterId = Route, Match = new() { Path = $"/{Route}/{{**rest}}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = Route,
                    Destinations = new Dictionary<string, DestinationConfig> { ["1"] = new() { Address = service } },
                },
            ]);
        await using var app = Build(builder);
        app.MapReverseProxy();
        await RunAsync(app);
    }

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders(); // as the gateway: what does not fail is not written
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private static async Task RunAsync(WebApplication app)
    {
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Authority);
        await app.WaitForShutdownAsync();
    }

    private static async Task<StartedServer> StartNginxAsync(string directory, string service)
    {
        Directory.CreateDirectory(directory);
        var (host, configuration) = (StartedServer.FreeHost(), Path.Combine(directory, "nginx.conf"));
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            worker_processes auto;
            pid {{directory}}/nginx.pid;
            error_log {{directory}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path {{directory}}/body;
              proxy_temp_path {{directory}}/proxy;
              client_max_body_size 0;
              client_body_buffer_size 1m;
              keepalive_requests 1000000;
              upstream service { server {{new Uri(service).Authority}}; keepalive 64; keepalive_requests 1000000; }
              server {
                listen {{host}};
                location /{{Route}}/ {
                  proxy_pass http://service;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $remote_addr;
                  proxy_set_header X-Forwarded-Proto $scheme;
                }
              }
            }
            """);
        var process = Process.Start("nginx", ["-c", configuration, "-e", Path.Combine(directory, "error.log")]);
        await StartedServer.WaitAsync(host);
        return new(process, host);
    }
}
