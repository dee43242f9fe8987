using System.ComponentModel;
using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Serving;

/// <summary>
/// How a model is loaded and called. The service's generator derives one from the model class in the envelope.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelBinding<TModel>
    where TModel : class
{
    /// <summary>The model's queries, of which this is the one and only holder.</summary>
    public abstract IReadOnlyList<IModelQuery<TModel>> CreateQueries();

    /// <summary>Makes a model of the state in an envelope.</summary>
    /// <param name="reader">Gives the values of the constructor's parameters.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public abstract ValueTask<TModel> LoadAsync(StateReader reader, CancellationToken cancellationToken);
}
