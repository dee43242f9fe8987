using EnvelopeSdk.Gateway;
using EnvelopeSdk.Registry.Hosting;

namespace EnvelopeSdk.Registry.Access;

/// <summary>Who can send requests to a registry.</summary>
/// <param name="IsOpen">
/// Whether other machines can, be it through a proxy. Then keys alone let in, and it may be called by any name.
/// </param>
internal sealed record Reach(bool IsOpen)
{
    public static Reach Of(ServerOptions options) =>
        new(options.IsBehindProxy || ListenAddresses.Split(options.Urls).Any(url => !OwnAddresses.IsLoopback(url)));
}
