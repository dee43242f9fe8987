using EnvelopeSdk.Distribution;
using EnvelopeSdk.Registries;

namespace EnvelopeSdk;

public static partial class EnvelopeStore
{
    /// <summary>
    /// Logs in to a registry of envelopes: asks it whose key it is, and keeps the key in the user's folder of settings,
    /// in a file that nobody else may read. It is sent to that registry alone.
    /// </summary>
    /// <param name="address">
    /// The registry: <c>https://registry.example</c>, or without a scheme; on this machine <c>127.0.0.1:5480</c>.
    /// </param>
    /// <param name="key">The key, as an administrator of the registry has given it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">
    /// It is no address, is not encrypted, does not answer as a registry of envelopes, or does not know the key.
    /// </exception>
    public static async Task<RegistryLogin> LoginAsync(
        string address, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(key);
        var registry = RegistryAddress.ParseShort(address);
        var login = await new CallerQuestion(registry).AskAsync(key, cancellationToken);
        StoredKeys.Keep(StartTokens.UserDirectory, registry.Host, key);
        return login;
    }

    /// <summary>Forgets the key of a registry. It is valid there as before.</summary>
    /// <param name="address">The registry.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="EnvelopeException">It is no address, or the file cannot be removed.</exception>
    public static bool Logout(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return StoredKeys.Remove(StartTokens.UserDirectory, RegistryAddress.ParseShort(address).Host);
    }
}
