using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>What to tell somebody whose envelope is not in the store, or does not get into it.</summary>
internal static class StoreAdvice
{
    public static string NoEnvelope(FolderStore store, string name)
    {
        if (!Directory.Exists(store.Address))
        {
            return $"There is no envelope store at '{store.Address}', so '{name}' is not in it. "
                + "Run the training program that saves it, or set ENVELOPE_HOME to the store's directory.";
        }

        var names = store.Names().Order(StringComparer.Ordinal).ToList();
        return names.Count == 0
            ? $"There is no envelope '{name}' in '{store.Address}'; the store is empty. "
                + "Run the training program that saves it, or set ENVELOPE_HOME to another store."
            : $"There is no envelope '{name}' in '{store.Address}'. It has: {Some(names)}.";
    }

    public static string NoDigest(FolderStore store, string name, Digest digest, Digest newest) =>
        $"There is no envelope {name}@{digest} in '{store.Address}'. The newest there is {name}@{newest}; there are "
        + $"{store.Layout(name).Entries().Count()} of that name.";

    public static EnvelopeException NotChanged(
        FolderStore store, string what, Exception failure) => new(
        EnvelopeError.Unavailable,
        $"What '{store.Address}' holds of {what} could not be changed: {failure.Message} "
        + "Free space or fix permissions there, and try again.",
        failure);

    public static EnvelopeException NotCollected(FolderStore store, Exception failure) => new(
        EnvelopeError.Unavailable,
        $"Unused content of '{store.Address}' could not be removed: {failure.Message} "
        + "Free space or fix permissions there, and try again.",
        failure);

    public static EnvelopeException NotExamined(FolderStore store, Exception failure) => new(
        EnvelopeError.Unavailable,
        $"'{store.Address}' could not be examined: {failure.Message} An examination holds the store's lock, and writes "
        + "when it mends. Fix permissions there, or examine a copy of the store.",
        failure);

    public static EnvelopeException NotWritten(FolderStore store, Exception failure, string? name = null) => new(
        EnvelopeError.Unavailable,
        $"The envelope {(name is null ? "" : $"'{name}' ")}could not be saved in '{store.Address}': {failure.Message} "
        + "Nothing was saved. Free space or fix permissions there, or set ENVELOPE_HOME to another directory.",
        failure);

    /// <summary>Names, as many as one reads.</summary>
    private static string Some(List<string> names) => names.Count <= 20
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(20))} and {names.Count - 20} more";
}
