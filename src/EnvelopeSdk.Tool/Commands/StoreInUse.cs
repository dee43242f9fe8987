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
        return Directory.Exists(store.Address)
            || Environment.GetEnvironmentVariable(EnvelopeStore.HomeVariable) is null or ""
                ? store
                : throw new EnvelopeException(
                    EnvelopeError.NotFound,
                    $"There is no envelope store at '{store.Address}', which {EnvelopeStore.HomeVariable} names. "
                    + "Correct it, or run the training program that saves the first envelope there.");
    }
}
