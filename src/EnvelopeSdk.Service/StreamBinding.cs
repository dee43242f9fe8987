using System.Runtime.CompilerServices;
using EnvelopeSdk.Binding;

namespace EnvelopeSdk.Service;

/// <summary>A query that answers a stream of items, as the service's generator binds it. Not written by hand.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TItem">The type of an item.</typeparam>
public abstract class StreamBinding<TModel, TArguments, TItem> : QueryBinding<TModel, TArguments>
    where TModel : class
    where TArguments : struct
{
    /// <summary>Calls the model.</summary>
    /// <param name="model">The loaded model.</param>
    /// <param name="arguments">What <see cref="QueryBinding{TModel, TArguments}.Read"/> gave.</param>
    /// <param name="cancellationToken">Is cancelled when the caller goes away.</param>
    /// <returns>The items, none of which is made yet.</returns>
    public abstract IAsyncEnumerable<TItem> Invoke(TModel model, TArguments arguments, CancellationToken cancellationToken);

    /// <summary>Writes one item.</summary>
    /// <param name="output">Receives one JSON value.</param>
    /// <param name="item">The item.</param>
    public abstract void Write(JsonOutput output, TItem item);

    /// <summary>Calls the model and writes all items as one array.</summary>
    /// <inheritdoc/>
    public sealed override async ValueTask InvokeAsync(TModel model, TArguments arguments, JsonOutput output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteStartArray();
        await foreach (var item in Items(model, arguments, cancellationToken))
        {
            Write(output, item);
        }

        output.WriteEndArray();
    }

    /// <summary>The items, which stop coming when the caller goes away even if the model does not look at its token.</summary>
    internal async IAsyncEnumerable<TItem> Items(TModel model, TArguments arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = Invoke(model, arguments, cancellationToken) ?? throw JsonOutput.UnexpectedNull("a stream");
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    internal sealed override QueryHandler CreateHandler(ModelHolder<TModel> holder, QueryServices services) =>
        new StreamHandler<TModel, TArguments, TItem>(this, holder, services);
}
