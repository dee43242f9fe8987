using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits how a value of several dimensions is made of the items in <c>items</c>, and gone through.</summary>
internal static class TensorCode
{
    /// <summary>The statements that return it.</summary>
    public static string Construct(TensorShape shape, string item, string lengths) => shape.HasRank
        ? $"var tensor = new {item}[{lengths}];\nitems.CopyTo(tensor);\nreturn tensor;"
        : $"return global::System.Numerics.Tensors.Tensor.Create(items.ToArray(), [{lengths}]);";

    /// <summary>The type of an index.</summary>
    public static string Index(TensorShape shape) => shape.HasRank ? "var" : "nint";

    /// <summary>The length of a dimension of <c>value</c>.</summary>
    public static string Length(TensorShape shape, int dimension) =>
        shape.HasRank ? $"value.GetLength({dimension})" : $"value.Lengths[{dimension}]";
}
