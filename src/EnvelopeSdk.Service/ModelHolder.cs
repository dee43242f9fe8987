namespace EnvelopeSdk.Service;

/// <summary>Holds the model once it is loaded.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
internal sealed class ModelHolder<TModel> : IModelState
    where TModel : class
{
    private volatile TModel? _model;

    public TModel? Model
    {
        get => _model;
        set => _model = value;
    }

    /// <summary>Held by the one call that runs of all queries that may not run at once.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public bool IsLoaded => _model is not null;
}

/// <summary>Whether the service can answer yet.</summary>
internal interface IModelState
{
    bool IsLoaded { get; }
}
