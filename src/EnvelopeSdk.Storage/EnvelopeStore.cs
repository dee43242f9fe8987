using System.Text.RegularExpressions;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registries;

namespace EnvelopeSdk;

/// <summary>Opens stores of envelopes by their addresses.</summary>
public static partial class EnvelopeStore
{
    /// <summary>The environment variable that holds the address of the default store.</summary>
    public const string HomeVariable = "ENVELOPE_HOME";

    /// <summary>
    /// The store at the address that the environment variable <c>ENVELOPE_HOME</c> has, else in <c>~/.envelopes</c>.
    /// </summary>
    /// <exception cref="EnvelopeException">The address is none that this version knows.</exception>
    public static IEnvelopeStore Default => Open(
        Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home
            ? home
            : UserDirectory);

    /// <summary>The directory of the user's own store.</summary>
    private static string UserDirectory =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".envelopes");

    /// <summary>Opens a store. Nothing is read or made before it is used.</summary>
    /// <param name="address">
    /// A directory, which the first save makes if it is not there, or the address of a registry of envelopes:
    /// <c>https://HOST[:PORT]</c>, on this machine <c>http://</c>. What such a registry does not take is kept in
    /// <c>~/.envelopes</c>.
    /// </param>
    /// <exception cref="EnvelopeException">The address is none that this version knows.</exception>
    public static IEnvelopeStore Open(string address)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        if (OciReference.IsAddress(address))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{address}' is in a registry, which is no store: it cannot say what was saved last. Save there with "
                + "Envelope.SaveAsync(model, info, store: \"oci://...\") or send with 'envelope push', and name what "
                + $"is there by its address. {HomeVariable} takes a directory, or the https address of a registry of "
                + "envelopes.");
        }

        if (RegistryAddress.IsAddress(address))
        {
            return OpenRegistry(address, RegistryOptions.Default, new FolderStore(UserDirectory));
        }

        if (HostAndPort().IsMatch(address))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{address}' may be a registry or a directory. Write https://{address} (http:// on this machine), or "
                + $"./{address}.");
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0
            ? new FolderStore(address)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{address}' is no store that this version of EnvelopeSdk can open: it knows no '{address[..scheme]}' "
                + $"addresses. Give a directory, or set {HomeVariable} to one.");
    }

    /// <summary>A name or an address with a port, and no drive of Windows.</summary>
    [GeneratedRegex(@"^([A-Za-z0-9.-]{2,}|\[[0-9A-Fa-f:]+\]):[0-9]{1,5}(/.*)?\z")]
    private static partial Regex HostAndPort();

    internal static IEnvelopeStore OpenRegistry(string address, RegistryOptions options, IEnvelopeStore rescue) =>
        new RegistryStore(RegistryAddress.Parse(address), options, rescue);
}
