namespace EnvelopeSdk.Vocabulary;

/// <summary>What numbers of a kind are made of.</summary>
internal enum NumberFamily
{
    /// <summary>Integers alone.</summary>
    Integer,

    /// <summary>Binary floating-point numbers.</summary>
    Binary,

    /// <summary>Decimal floating-point numbers.</summary>
    Decimal,
}

/// <summary>A kind of numbers.</summary>
/// <param name="Name">What a schema calls it.</param>
/// <param name="Method">The name of its C# type in <c>System</c>, with which the names of methods for it end.</param>
/// <param name="Family">What its numbers are made of.</param>
/// <param name="Bits">The significant bits of a magnitude: it holds each integer of that many bits.</param>
/// <param name="Least">Its least number, as JSON.</param>
/// <param name="Greatest">Its greatest number, as JSON.</param>
/// <param name="Format">The value of the keyword <c>format</c>; null for a kind that has none.</param>
internal sealed record NumberKind(
    string Name, string Method, NumberFamily Family, int Bits, string Least, string Greatest, string? Format = null)
{
    public bool IsInteger => Family == NumberFamily.Integer;

    public bool IsSigned => Least[0] == '-';
}
