namespace EnvelopeSdk.Authoring;

/// <summary>
/// Says of a framework's type that its instances serve one thread at a time, so that an analyzer warns of a predict
/// method that shares one between calls. A framework room declares it for its framework.
/// </summary>
/// <param name="type">
/// The type; it holds for what derives from it or implements it too. An open generic type stands for all of its kind.
/// </param>
/// <param name="cure">What to do instead, as the end of a sentence: <c>make one for each call</c>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class SingleThreadedAttribute(Type type, string cure) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type { get; } = type;

    /// <summary>What to do instead.</summary>
    public string Cure { get; } = cure;
}
