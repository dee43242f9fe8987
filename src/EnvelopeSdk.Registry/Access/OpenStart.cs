using EnvelopeSdk.Gateway;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Access;

/// <summary>Lets a registry that others reach start only when somebody can say who else may use it.</summary>
internal sealed partial class OpenStart(Reach reach, KeyStore keys, ServerOptions options, ILogger<OpenStart> log)
    : IHostedService
{
    /// <exception cref="EnvelopeException">There is no key of an administrator.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!reach.IsOpen)
        {
            return;
        }

        if (!await keys.HasAdministratorAsync(cancellationToken))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{options.Urls}' can be reached from other machines, and there is no valid key of an administrator, "
                + "who says who else may use it. Make one on this machine: envelope registry key add admin --role "
                + $"administer{(options.Database is null ? "" : " --database DATABASE, the same")}");
        }

        if (!options.IsBehindProxy && ListenAddresses.Split(options.Urls).Any(
            url => ListenAddresses.Parse(url) is { Scheme: "http", IsLoopback: false }))
        {
            Readable(log, options.Urls);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "The registry listens on {Urls} without encryption: keys travel so that others can read them, unless "
            + "a proxy encrypts. Listen on https, or let a proxy do it and say --behind-proxy.")]
    private static partial void Readable(ILogger log, string urls);
}
