using System.CommandLine;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Tool.Feeds;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope registry</c>: the store as a server, with a page.</summary>
internal static class RegistryCommand
{
    private static readonly ServerOptions Usual = new() { Store = "" };

    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where it listens, with ';' between addresses; else {Usual.Urls}.",
        };
        var database = new Option<string?>("--database")
        {
            Description = "Where its index, keys, audit and webhooks are: 'Host=...' of PostgreSQL; else in files of the "
                + "store. 'Data Source=FILE' moves the index alone.",
        };
        var blobs = new Option<string?>("--blobs")
        {
            Description = "Serves the store of a team, known in a --database of PostgreSQL, with its content in this "
                + "directory or 's3://BUCKET/PREFIX'; any number of registries may.",
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "The certificate of https addresses: a file in PEM or PKCS #12.",
        };
        var certificateKey = new Option<string?>("--certificate-key")
        {
            Description = "Its private key, in PEM, if it is not in the same file.",
        };
        var open = new Option<bool>("--open") { Description = "Open the page in the browser." };
        var behindProxy = new Option<bool>("--behind-proxy")
        {
            Description = "A proxy stands before it, whose X-Forwarded-Proto and X-Forwarded-Host hold.",
        };
        var noAdvisories = new Option<bool>("--no-advisories")
        {
            Description = "Do not get the lists of vulnerable packages that the feeds of NuGet's configuration keep.",
        };
        var oidc = new OidcArguments();
        var deploying = new DeployingArguments();
        var command = new ToolCommand(
            "registry",
            "Serves the store: a page to look at it, an API to query it, and an OCI registry for other tools.",
            "envelope registry",
            "envelope registry --open --urls http://127.0.0.1:8080",
            "envelope registry --database 'Host=db;Database=envelopes;Username=me' --blobs s3://models/envelopes")
        {
            urls, certificate, certificateKey, database, blobs, open, behindProxy, noAdvisories, KeyCommand.Create(database),
            WebhookCommand.Create(database),
        };
        oidc.AddTo(command);
        deploying.AddTo(command);
        foreach (var other in BackupCommands.Create(database))
        {
            command.Subcommands.Add(other);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = RegistryPlace.Settings;
            var content = parsed.GetValue(blobs) ?? settings.Blobs;
            var store = content is null ? StoreInUse.OpenServed().Address : "";
            await using var server = await RegistryServer.StartAsync(
                new()
                {
                    Store = store,
                    Urls = parsed.GetValue(urls) ?? settings.Urls ?? Usual.Urls,
                    Database = parsed.GetValue(database) ?? settings.Database,
                    Blobs = content,
                    Certificate = parsed.GetValue(certificate) ?? settings.Certificate,
                    CertificateKey = parsed.GetValue(certificateKey) ?? settings.CertificateKey,
                    IsBehindProxy = parsed.GetValue(behindProxy) || settings.BehindProxy == true,
                    Deploying = deploying.Read(parsed, settings, content is null ? store : null),
                    Oidc = oidc.Read(parsed) ?? settings.Oidc,
                    Advisories = parsed.GetValue(noAdvisories) || settings.Advisories == false
                        ? null
                        : new FeedAdvisories(Directory.GetCurrentDirectory()),
                },
                cancellation);
            if (content is null && !Directory.Exists(Path.Combine(store, "layouts")))
            {
                Console.Error.WriteLine($"'{store}' has no envelope yet: the store begins with the first that comes.");
            }

            Console.WriteLine(
                $"The registry of '{content ?? store}' is at\n  {server.SignInAddress}\n"
                + (server.Token is null
                    ? "Keys alone let in: 'envelope registry key' makes them. Ctrl-C ends the registry."
                    : "Who opens that address is let in as you are: give it to nobody. Ctrl-C ends the registry."));
            if (parsed.GetValue(open))
            {
                Browser.Open(server.SignInAddress);
            }

            await server.WaitForShutdownAsync(cancellation);
            return ExitCodes.Done;
        });
        return command;
    }
}
