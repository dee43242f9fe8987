using System.CommandLine;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope registry</c>: the store as a server, with a page.</summary>
internal static class RegistryCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where it listens, with ';' between addresses.",
            DefaultValueFactory = _ => new ServerOptions { Store = "" }.Urls,
        };
        var command = new ToolCommand(
            "registry",
            "Serves the store: a page to look at it, an API to query it, and an OCI registry for other tools.",
            "envelope registry")
        {
            urls,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var server = await RegistryServer.StartAsync(
                new() { Store = EnvelopeStore.Default.Address, Urls = parsed.GetRequiredValue(urls) }, cancellation);
            Console.WriteLine($"The registry of '{EnvelopeStore.Default.Address}' is at {server.Address}");
            await server.WaitForShutdownAsync(cancellation);
            return ExitCodes.Done;
        });
        return command;
    }
}
