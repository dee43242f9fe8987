using System.ComponentModel;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Authoring;

/// <summary>Receives a model's state while it is saved: the value of each constructor parameter.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StateWriter
{
    /// <summary>Stores a value with the codec of its type.</summary>
    /// <typeparam name="T">The type of the constructor parameter.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value; not null.</param>
    /// <param name="codec">The codec that stores it.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public abstract ValueTask WriteAsync<T>(
        string name, T value, IArtifactCodec<T> codec, CancellationToken cancellationToken);

    /// <summary>Stores plain data as JSON.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="write">Writes the value.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public abstract ValueTask WriteJsonAsync(
        string name, Action<JsonOutput> write, CancellationToken cancellationToken);
}
