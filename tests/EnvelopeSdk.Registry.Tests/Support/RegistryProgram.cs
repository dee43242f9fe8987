using EnvelopeSdk.Registry.Hosting;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A registry over the store of a team, as a process that can be killed.</summary>
internal static class RegistryProgram
{
    /// <summary>Arguments: database, content, the user's directory.</summary>
    public static async Task Main(string[] arguments)
    {
        var options = Options(arguments[0], arguments[1], arguments[2]);
        ServedStore.LetKnownTokenIn(options);
        await using var server = await RegistryServer.StartAsync(options);
        Console.WriteLine(server.Address);
        await server.WaitForShutdownAsync();
    }

    private static ServerOptions Options(string database, string blobs, string user) => new()
    {
        Store = Path.Combine(user, "no-store"),
        Database = database,
        Blobs = blobs,
        Urls = "http://127.0.0.1:0",
        UserDirectory = user,
    };
}
