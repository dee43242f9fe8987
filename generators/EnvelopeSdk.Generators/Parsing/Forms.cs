using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>What attributes say of the values in a type, at whatever depth in it.</summary>
/// <param name="Numbers">The bits of <c>JsonNumberHandling</c> that hold for its numbers.</param>
/// <param name="Rank">The number of dimensions of its tensors; 0 when nothing says it.</param>
internal readonly record struct Forms(int Numbers, int Rank)
{
    public static Forms Of(params ISymbol[] symbols) => Of(symbols.SelectMany(symbol => symbol.GetAttributes()));

    public static Forms Of(IEnumerable<AttributeData> attributes) => new(
        0, attributes.FirstOrDefault(one => one.AttributeClass?.ToDisplayString() == KnownNames.TensorRankAttribute)?.FirstArgument() is int rank ? rank : 0);
}
