using System.ComponentModel;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Authoring;

/// <summary>
/// What compiled models and the platform have agreed on: the attributes, <see cref="IEnvelopeModel{TSelf}"/> and the
/// types in its members. A service needs of a compiled model no more than that. What the generated part of a model
/// calls besides runs in its training program alone, with the platform that it was compiled with; a change of it is a
/// new number.
/// </summary>
public static class ModelContract
{
    /// <summary>The number of this version, and the newest that it knows. It knows each before it.</summary>
    public const int Number = Agreements.Contract;
}

/// <summary>
/// Says which contract the generated part of an assembly's models was written for. The generator writes it.
/// </summary>
/// <param name="number">
/// The number of the contract: <see cref="ModelContract.Number"/> of the platform that compiled the models.
/// </param>
/// <param name="platform">The version of that platform, which knows the contract, such as <c>0.2.0</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelContractAttribute(int number, string platform) : Attribute
{
    /// <summary>The number of the contract.</summary>
    public int Number { get; } = number;

    /// <summary>The version of the platform that compiled the models.</summary>
    public string Platform { get; } = platform;
}
