using System.CommandLine;
using EnvelopeSdk.Gateway;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>Which gateway is meant: by the option, else the one of the store in use.</summary>
internal static class GatewayPlace
{
    public static Option<string?> CreateOption() => new("--directory")
    {
        Description = "The gateway's directory, where it keeps its routes and is told others; else 'registry/gateway' "
            + "of the store.",
    };

    /// <exception cref="EnvelopeException">
    /// None is named, and there is no store on this machine in which it would be: a gateway makes none.
    /// </exception>
    public static string Of(ParseResult parsed, Option<string?> directory)
    {
        if (parsed.GetValue(directory) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        var store = EnvelopeStore.Default;
        if (StoreInUse.IsElsewhere(store) || RegistryPlace.Settings.Blobs is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The store '{RegistryPlace.Settings.Blobs ?? store.Address}' is no directory of one user, in which a "
                + "gateway could keep its routes. Name one with --directory DIR.");
        }

        return Directory.Exists(store.Address)
            ? GatewayOptions.DirectoryOf(store.Address)
            : throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no envelope store at '{store.Address}', in which a gateway could keep its routes. Name a "
                + $"directory with --directory DIR, or the store with {EnvelopeStore.HomeVariable}.");
    }
}
