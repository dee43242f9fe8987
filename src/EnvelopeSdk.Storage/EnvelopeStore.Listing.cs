using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk;

/// <content>What is in a store.</content>
public static partial class EnvelopeStore
{
    /// <summary>All envelopes of a name, in the order in which they were saved last, the newest at the end.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>None when the name is not known.</returns>
    /// <exception cref="EnvelopeException">
    /// The name has not the form of one, or what the store knows of it cannot be read.
    /// </exception>
    public static async Task<IReadOnlyList<EnvelopeReference>> ListAsync(
        this IEnvelopeStore store, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var found = new List<EnvelopeReference>();
        await foreach (var one in store.ListNewestAsync(name, cancellationToken))
        {
            found.Add(one.Reference);
        }

        found.Reverse();
        return found;
    }

    /// <summary>
    /// Takes an envelope out of a store, with its journal. Its content stays until
    /// <see cref="IEnvelopeStore.CollectAsync"/>.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="reference">The envelope.</param>
    /// <param name="cancellationToken">Stops the deleting, before it begins.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="EnvelopeException">The store cannot be written.</exception>
    public static async Task<bool> DeleteAsync(
        this IEnvelopeStore store, EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reference);
        var one = new Dictionary<Digest, Guid?> { [reference.Digest] = null };
        return await store.DeleteAsync(reference.Name, one, cancellationToken) > 0;
    }
}
