namespace EnvelopeSdk.Authoring;

/// <summary>Offers a codec of tables to every project that references the assembly.</summary>
/// <param name="tableType">The type of parameters and answers of predict methods that the codec converts.</param>
/// <param name="codecType">
/// A public class with a public parameterless constructor that implements <see cref="ITableCodec{T}"/> of it.
/// </param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class TableCodecAttribute(Type tableType, Type codecType) : Attribute
{
    /// <summary>The type of parameters and answers that the codec converts.</summary>
    public Type TableType { get; } = tableType;

    /// <summary>The class that converts them.</summary>
    public Type CodecType { get; } = codecType;
}
