namespace EnvelopeSdk.Authoring;

/// <summary>Offers a codec to every project that references the assembly.</summary>
/// <param name="artifactType">The type of constructor parameters that the codec stores.</param>
/// <param name="codecType">A public class with a public parameterless constructor that implements <see cref="IArtifactCodec{T}"/> of it.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ArtifactCodecAttribute(Type artifactType, Type codecType) : Attribute
{
    /// <summary>The type of constructor parameters that the codec stores.</summary>
    public Type ArtifactType { get; } = artifactType;

    /// <summary>The class that stores them.</summary>
    public Type CodecType { get; } = codecType;
}
