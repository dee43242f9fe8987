namespace EnvelopeSdk.Generators.Model;

/// <summary>A type whose values have several dimensions.</summary>
/// <param name="Name">A part of the names of generated methods.</param>
/// <param name="HasRank">Whether the type itself has a rank, so that no value can have another one.</param>
internal sealed record TensorShape(string Name, bool HasRank)
{
    public static readonly TensorShape Array = new("Array", HasRank: true);
    public static readonly TensorShape Tensor = new("Tensor", HasRank: false);
}
