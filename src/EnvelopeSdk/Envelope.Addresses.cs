using System.Runtime.CompilerServices;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Distribution;

namespace EnvelopeSdk;

/// <content>Saving to where an address says, a registry included.</content>
public static partial class Envelope
{
    /// <summary>
    /// Saves a trained model in a new envelope, in the store of an address or in a registry. For a registry it is saved
    /// in the default store and sent from there, so that no training is lost to a network that fails.
    /// </summary>
    /// <typeparam name="TModel">A class marked with <see cref="EnvelopeModelAttribute"/>.</typeparam>
    /// <param name="model">The trained model.</param>
    /// <param name="info">What to say about it.</param>
    /// <param name="store">
    /// Where to: a directory, or <c>oci://host[:port]/repository[:tag]</c>, the tag <c>latest</c> if absent.
    /// </param>
    /// <param name="cancellationToken">Stops the saving, or the sending of what is saved then.</param>
    /// <returns>The saved envelope.</returns>
    /// <exception cref="EnvelopeException">
    /// The address is none, the model cannot be saved, or the registry does not take it: then it is in the default
    /// store.
    /// </exception>
    [OverloadResolutionPriority(-1)] // who gives no store means the other
    public static Task<EnvelopeReference> SaveAsync<TModel>(
        TModel model, EnvelopeInfo? info = null, string? store = null, CancellationToken cancellationToken = default)
        where TModel : IEnvelopeModel<TModel> =>
        store is not null && OciReference.IsAddress(store)
            ? SaveAndPushAsync(model, info, EnvelopeStore.Default, store, RegistryOptions.Default, cancellationToken)
            : SaveAsync(model, info, store is null ? null : EnvelopeStore.Open(store), cancellationToken);

    internal static async Task<EnvelopeReference> SaveAndPushAsync<TModel>(
        TModel model, EnvelopeInfo? info, IEnvelopeStore home, string address, RegistryOptions options,
        CancellationToken cancellationToken)
        where TModel : IEnvelopeModel<TModel>
    {
        var target = EnvelopeStore.ParseTarget(address); // before the work
        var saved = await SaveAsync(model, info, home, cancellationToken);
        try
        {
            await EnvelopeStore.PushAsync(
                home, saved, address, mountFrom: null, options, progress: null, cancellationToken);
            return saved;
        }
        catch (EnvelopeException failure)
        {
            throw new EnvelopeException(
                failure.Error,
                $"{failure.Message} The envelope is saved in '{home.Address}'; 'envelope push {saved} {target}' sends "
                + "it.",
                failure);
        }
    }
}
