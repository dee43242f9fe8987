using EnvelopeSdk.Registries;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The store that commands read.</summary>
internal static class StoreInUse
{
    /// <exception cref="EnvelopeException">
    /// Somebody named a store that is not there: an empty list would pass for an answer.
    /// </exception>
    public static IEnvelopeStore Open()
    {
        var store = EnvelopeStore.Default;
        return IsElsewhere(store) || System.IO.Directory.Exists(store.Address)
            || Environment.GetEnvironmentVariable(EnvelopeStore.HomeVariable) is null or ""
                ? store
                : throw new EnvelopeException(
                    EnvelopeError.NotFound,
                    $"There is no envelope store at '{store.Address}', which {EnvelopeStore.HomeVariable} names. "
                    + "Correct it, make the directory, or run the training program that saves the first envelope there.");
    }

    /// <summary>The same, where it has to be a directory.</summary>
    /// <exception cref="EnvelopeException">It is none, or is not there.</exception>
    public static IEnvelopeStore OpenDirectory() => Directory(Open());

    /// <summary>The same for who serves it: a store begins with its first envelope, which may come through him.</summary>
    /// <exception cref="EnvelopeException">It is no directory.</exception>
    public static IEnvelopeStore OpenServed() => Directory(EnvelopeStore.Default);

    private static IEnvelopeStore Directory(IEnvelopeStore store) => !IsElsewhere(store)
        ? store
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"{EnvelopeStore.HomeVariable} names a registry, '{store.Address}', and this needs a store in a directory. "
            + $"Set {EnvelopeStore.HomeVariable} to one.");

    /// <summary>The registry whose store it is.</summary>
    /// <param name="lack">What a directory does not do, as in "sends no events".</param>
    /// <exception cref="EnvelopeException">It is a directory.</exception>
    public static EnvelopeRegistry OpenRegistry(string lack)
    {
        var home = EnvelopeStore.Default;
        return IsElsewhere(home)
            ? EnvelopeRegistry.Open(home.Address)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{home.Address}' is a directory, which {lack}. Serve it with 'envelope registry', and set "
                + $"{EnvelopeStore.HomeVariable} to the registry's address.");
    }

    /// <summary>Whether the store is that of a registry, and no directory of this machine.</summary>
    public static bool IsElsewhere(IEnvelopeStore store) => store.Address.Contains("://", StringComparison.Ordinal);
}
