using System.ComponentModel;

namespace EnvelopeSdk.Authoring;

/// <summary>
/// What the generator implements for a class marked with <see cref="EnvelopeModelAttribute"/>. Not written by hand.
/// </summary>
/// <typeparam name="TSelf">The model class itself.</typeparam>
public interface IEnvelopeModel<TSelf>
    where TSelf : IEnvelopeModel<TSelf>
{
    /// <summary>The name given to <see cref="EnvelopeModelAttribute"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract string EnvelopeName { get; }

    /// <summary>
    /// The schema of the model's queries, as the UTF-8 JSON form of <see cref="Schema.ModelSchema"/>.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract ReadOnlySpan<byte> SchemaJson { get; }

    /// <summary>Writes the value of each primary constructor parameter.</summary>
    /// <param name="writer">Receives one artifact per parameter.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ValueTask SaveStateAsync(StateWriter writer, CancellationToken cancellationToken);

    /// <summary>Makes a model from what <see cref="SaveStateAsync"/> wrote.</summary>
    /// <param name="reader">Gives the artifacts back by parameter name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract ValueTask<TSelf> LoadStateAsync(StateReader reader, CancellationToken cancellationToken);
}
