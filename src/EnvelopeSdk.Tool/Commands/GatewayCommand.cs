using System.CommandLine;
using EnvelopeSdk.Gateway;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope gateway</c>: what stands before the services that are live.</summary>
internal static class GatewayCommand
{
    private static readonly GatewayOptions Usual = new() { Directory = "" };

    public static Command Create()
    {
        var directory = GatewayPlace.CreateOption();
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where callers reach it, with ';' between addresses; else {Usual.Urls}.",
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "The certificate of https addresses: a file in PEM or PKCS #12.",
        };
        var certificateKey = new Option<string?>("--certificate-key")
        {
            Description = "Its private key, in PEM, if it is not in the same file.",
        };
        var command = new ToolCommand(
            "gateway",
            "Forwards requests to the services that are live, below the name of each. It goes on while the registry, "
            + "which tells it its routes, ends and starts.",
            "envelope gateway",
            "envelope gateway --urls http://127.0.0.1:8081 --directory /var/lib/gateway",
            "envelope gateway --urls https://0.0.0.0:443 --certificate server.pem --certificate-key server.key")
        {
            directory, urls, certificate, certificateKey, GatewayStatusCommand.Create(directory),
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var place = GatewayPlace.Of(parsed, directory);
            await using var server = await GatewayServer.StartAsync(
                new()
                {
                    Directory = place,
                    Urls = parsed.GetValue(urls) ?? Usual.Urls,
                    Certificate = parsed.GetValue(certificate),
                    CertificateKey = parsed.GetValue(certificateKey),
                },
                cancellation);
            Console.WriteLine(
                $"The gateway in '{place}' is at\n  {string.Join("\n  ", server.Addresses)}\n"
                + "'envelope registry' tells it its routes, and it keeps them. Ctrl-C ends the gateway.");
            await server.WaitForShutdownAsync(cancellation);
            return ExitCodes.Done;
        });
        return command;
    }
}
