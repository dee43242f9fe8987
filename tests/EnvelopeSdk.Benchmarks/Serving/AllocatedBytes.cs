using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>How many bytes a program allocates for a request, in runs that nothing else is measured in.</summary>
internal static class AllocatedBytes
{
    private const int Connections = 4;
    private const int WarmUp = 3;

    /// <summary>Measures a program that the JIT compiles: only there a hook can be set.</summary>
    public static async Task<double> OfAsync(ServingOptions options, ServingWork work, ServingProgram program)
    {
        var host = StartedServer.FreeHost();
        using var server = await program.StartAsync(
            options.Directory, work, ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
            (StartupHook.Host, host));
        await PostAsync(WarmUp);
        var before = await ReadAsync(host);
        var run = await PostAsync(options.Seconds);
        return (await ReadAsync(host) - before) / (double)run.Requests;

        Task<WrkRun> PostAsync(int seconds) => WrkRun.PostAsync(
            $"http://{server.Host}/{work.Route}", work.BodyFile(options.Directory), Connections, seconds);
    }

    private static async Task<long> ReadAsync(string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(host));
        using var text = new StreamReader(client.GetStream());
        return long.Parse(await text.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }
}
