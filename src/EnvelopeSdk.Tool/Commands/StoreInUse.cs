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
        return IsElsewhere(store) || Directory.Exists(store.Address)
            || Environment.GetEnvironmentVariable(EnvelopeStore.HomeVariable) is null or ""
                ? store
                : throw new EnvelopeException(
                    EnvelopeError.NotFound,
                    $"There is no envelope store at '{store.Address}', which {EnvelopeStore.HomeVariable} names. "
                    + "Correct it, make the directory, or run the training program that saves the first envelope there.");
    }

    /// <summary>The same, where it has to be a directory.</summary>
    /// <exception cref="EnvelopeException">It is none, or is not there.</exception>
    public static IEnvelopeStore OpenDirectory() => Open() is var store && !IsElsewhere(store)
        ? store
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"{EnvelopeStore.HomeVariable} names a registry, '{store.Address}', and this needs a store in a directory. "
            + $"Set {EnvelopeStore.HomeVariable} to one.");

    /// <summary>Whether the store is that of a registry, and no directory of this machine.</summary>
    public static bool IsElsewhere(IEnvelopeStore store) => store.Address.Contains("://", StringComparison.Ordinal);
}
