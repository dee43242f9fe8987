namespace EnvelopeSdk.Authoring;

/// <summary>Offers a codec to every project that references the assembly.</summary>
/// <param name="artifactType">
/// The type of constructor parameters that the codec stores. An open generic codec stores all types that derive from it
/// as well.
/// </param>
/// <param name="codecType">
/// A public class with a public parameterless constructor that implements <see cref="IArtifactCodec{T}"/> of it; or one
/// with a single type parameter, such as <c>typeof(ModuleCodec&lt;&gt;)</c>, for which the generator puts the type of
/// the constructor parameter, if it fulfils the constraints: with <c>new()</c> among them the codec can create what
/// derives from the base type.
/// </param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ArtifactCodecAttribute(Type artifactType, Type codecType) : Attribute
{
    /// <summary>The type of constructor parameters that the codec stores.</summary>
    public Type ArtifactType { get; } = artifactType;

    /// <summary>The class that stores them.</summary>
    public Type CodecType { get; } = codecType;
}
