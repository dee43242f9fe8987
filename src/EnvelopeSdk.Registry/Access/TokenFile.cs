using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Hosting;

namespace EnvelopeSdk.Registry.Access;

/// <summary>Where the start token of a registry is kept: of each store one, in the user's folder.</summary>
internal static class TokenFile
{
    public static string PathOf(ServerOptions options)
    {
        var store = System.Text.Encoding.UTF8.GetBytes(options.Place);
        return Path.Combine(options.UserDirectory, "registries", Digest.Of(store).Hex[..32] + ".token");
    }
}
