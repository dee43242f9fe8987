namespace EnvelopeSdk.Generators.Model;

/// <summary>How generated code makes values of several dimensions of the items in <c>items</c>, and goes through them.</summary>
/// <param name="Name">A part of the names of generated methods.</param>
/// <param name="Construct">The statements that return it; <c>{T}</c> stands for the type of an item, <c>{L}</c> for the lengths.</param>
/// <param name="Index">The type of an index.</param>
/// <param name="Length">The length of the dimension <c>{0}</c> of <c>value</c>.</param>
/// <param name="HasRank">Whether the type itself has a rank, so that no value can have another one.</param>
internal sealed record TensorShape(string Name, string Construct, string Index, string Length, bool HasRank)
{
    public static readonly TensorShape Array = new(
        "Array", "var tensor = new {T}[{L}];\nitems.CopyTo(tensor);\nreturn tensor;", "var", "value.GetLength({0})", HasRank: true);

    public static readonly TensorShape Tensor = new(
        "Tensor", "return global::System.Numerics.Tensors.Tensor.Create(items.ToArray(), [{L}]);", "nint", "value.Lengths[{0}]", HasRank: false);
}
