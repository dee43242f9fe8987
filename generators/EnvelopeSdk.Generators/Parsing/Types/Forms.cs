using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>What attributes say of the values in a type, at whatever depth in it.</summary>
/// <param name="Numbers">The bits of <c>JsonNumberHandling</c> that hold for its numbers.</param>
/// <param name="Rank">The number of dimensions of its tensors; 0 when nothing says it.</param>
internal readonly record struct Forms(int Numbers, int Rank)
{
    public static Forms Of(params ISymbol[] symbols) => Of(symbols.SelectMany(symbol => symbol.GetAttributes()));

    public static Forms Of(IEnumerable<AttributeData> attributes)
    {
        var mark = attributes.FirstOrDefault(one =>
            one.AttributeClass?.ToDisplayString() == KnownNames.TensorRankAttribute);
        return new(0, mark?.FirstArgument() is int rank ? rank : 0);
    }

    /// <summary>The bits of <c>[JsonNumberHandling]</c>; null without one.</summary>
    public static int? NumbersOf(ISymbol symbol) =>
        symbol.Find(KnownNames.JsonNumberHandlingAttribute)?.FirstArgument() is { } value
            ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
            : null;
}
