using System.Globalization;

namespace EnvelopeSdk;

/// <summary>What a data scientist says about a model when saving it. All of it is optional.</summary>
public sealed record EnvelopeInfo
{
    /// <summary>The envelope's name, if not the one given to <see cref="EnvelopeModelAttribute"/>.</summary>
    public string? Name { get; init; }

    /// <summary>What the model is for.</summary>
    public string? Description { get; init; }

    /// <summary>Free labels: <c>team = pricing</c>.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How good the model is, by the metric's name: <c>["r2"] = 0.98</c>, <c>["roc"] = RocCurve.From(...)</c>.
    /// </summary>
    public MetricCollection Metrics { get; init; } = [];

    /// <summary>
    /// What the training was run with, by the parameter's name: <c>{ ["trees"] = 400 }</c>, or the members of a record:
    /// <c>Hyperparameters.Of(options)</c>. They are part of the envelope's identity.
    /// </summary>
    public Hyperparameters Hyperparameters { get; init; } = [];

    /// <summary>
    /// The culture that the model answers in, whatever culture the host has; the invariant one if absent. Texts are
    /// formatted, parsed, compared and looked up in it.
    /// </summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>
    /// Is told of each thing that does not keep the model from being saved and is likely to be a mistake; written to
    /// the standard error if absent.
    /// </summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Calls of the model with their answers, made with the generated <c>PredictExample</c>.</summary>
    public IList<PredictionExample> Examples { get; init; } = [];
}
