using System.ComponentModel;

namespace EnvelopeSdk.Authoring;

/// <summary>
/// Says which constructor of a compiled model class holds its state: a compiled class no longer tells its primary
/// constructor from others. The generator writes it.
/// </summary>
/// <param name="names">The names of the constructor's parameters, under which their values are stored.</param>
/// <param name="types">Their types, in the same order.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelStateAttribute(string[] names, Type[] types) : Attribute
{
    /// <summary>The names of the parameters.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Their types.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}
