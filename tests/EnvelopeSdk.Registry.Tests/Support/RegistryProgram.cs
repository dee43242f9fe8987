using EnvelopeSdk.Gateway;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Hosting;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>What tests run as processes of their own, which can be killed.</summary>
internal static class RegistryProgram
{
    /// <summary>
    /// A registry over the store of a team (database, content, the user's directory), one that deploys (<c>deploying</c>,
    /// store, directory of services, of the gateway, the gateway's address, the user's directory), or a gateway.
    /// </summary>
    public static Task Main(string[] arguments) => arguments switch
    {
        ["gateway", "--directory", var directory, "--urls", var urls] => RunGatewayAsync(
            new() { Directory = directory, Urls = urls }),
        ["deploying", var store, var services, var gateway, var urls, var user] => RunAsync(new()
        {
            Store = store,
            Urls = "http://127.0.0.1:0",
            UserDirectory = user,
            Deploying = DeployingOf(services, gateway, urls),
        }),
        _ => RunAsync(new()
        {
            Store = Path.Combine(arguments[2], "no-store"),
            Database = arguments[0],
            Blobs = arguments[1],
            Urls = "http://127.0.0.1:0",
            UserDirectory = arguments[2],
        }),
    };

    /// <summary>Deploys with a gateway that is this program.</summary>
    public static DeployingOptions DeployingOf(string services, string gateway, string urls) => new()
    {
        Directory = services,
        GatewayDirectory = gateway,
        GatewayUrls = urls,
        GatewayCommand = ["dotnet", "exec", typeof(RegistryProgram).Assembly.Location, "gateway"],
        Platform = "1.0.0",
    };

    private static async Task RunAsync(ServerOptions options)
    {
        ServedStore.LetKnownTokenIn(options);
        await using var server = await RegistryServer.StartAsync(options);
        Console.WriteLine(server.Address);
        await server.WaitForShutdownAsync();
    }

    private static async Task RunGatewayAsync(GatewayOptions options)
    {
        await using var gateway = await GatewayServer.StartAsync(options);
        await gateway.WaitForShutdownAsync();
    }
}
