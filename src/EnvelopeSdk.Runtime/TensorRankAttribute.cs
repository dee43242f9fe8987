namespace EnvelopeSdk;

/// <summary>
/// Says how many dimensions the <c>Tensor&lt;T&gt;</c> in a parameter, member or answer has. Its type does not say it,
/// and callers have to know how deep the arrays are nested that they send and get. It is part of the schema, and
/// checked.
/// </summary>
/// <param name="rank">The number of dimensions, from 1 to 32.</param>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.ReturnValue)]
public sealed class TensorRankAttribute(int rank) : Attribute
{
    /// <summary>The number of dimensions.</summary>
    public int Rank { get; } = rank;
}
