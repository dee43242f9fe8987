using EnvelopeSdk.Layouts;

namespace EnvelopeSdk;

/// <content>Whether a store is sound.</content>
public static partial class EnvelopeStore
{
    /// <summary>
    /// Examines a store in a directory: every file of every envelope, journals, orders, indexes, and what dead writers
    /// left. Others may use it meanwhile.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="mend">
    /// Whether to mend what can be mended. Nothing is removed that says anything: lines of a journal that cannot be
    /// read are put aside.
    /// </param>
    /// <param name="restore">
    /// Whether to list again the envelopes of which all content is there and no name knows. Those were deleted and not
    /// collected yet, or their directories were lost, with their journals.
    /// </param>
    /// <param name="progress">
    /// Is told of how many envelopes every file was looked at, which takes the most time; null: nobody.
    /// </param>
    /// <param name="cancellationToken">Stops the examination.</param>
    /// <returns>What is wrong, as it is found.</returns>
    /// <exception cref="EnvelopeException">
    /// The store is in no directory, is not there, or cannot be written.
    /// </exception>
    public static IAsyncEnumerable<StoreFinding> ExamineAsync(
        this IEnvelopeStore store, bool mend, bool restore, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store is FolderStore folder
            ? new StoreExamination(folder, mend, restore, progress).RunAsync(cancellationToken)
            : throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{store.Address}' is no directory. Examine the store where it lies.");
    }
}
