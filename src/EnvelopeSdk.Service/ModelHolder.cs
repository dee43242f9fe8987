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

    public bool IsLoaded => _model is not null;
}

/// <summary>Whether the service can answer yet.</summary>
internal interface IModelState
{
    bool IsLoaded { get; }
}
