using System.Globalization;
using System.Runtime.CompilerServices;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Serving;

/// <summary>
/// Stops a stream when its caller goes away, even if the model does not look at its token, and refuses one that is
/// null. Each item is made in the envelope's culture.
/// </summary>
internal sealed class StreamCall<TArguments, TItem>(
    IQueryCall<TArguments, IAsyncEnumerable<TItem>> inner, CultureInfo culture)
    : IQueryCall<TArguments, IAsyncEnumerable<TItem>>
    where TArguments : struct
{
    public ValueTask<IAsyncEnumerable<TItem>> InvokeAsync(TArguments arguments, CancellationToken cancellationToken) =>
        new(ItemsAsync(arguments, cancellationToken));

    public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);

    private async IAsyncEnumerable<TItem> ItemsAsync(
        TArguments arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = await inner.InvokeAsync(arguments, cancellationToken)
            ?? throw JsonOutput.UnexpectedNull("a stream");
        ModelCulture.Enter(culture);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
            ModelCulture.Enter(culture); // who asks for the next item may have another one
        }
    }
}
