using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>
/// Types that do end, but of which there are so many, or which are so large, that nobody could wait for a build.
/// </summary>
internal static class Vastness
{
    /// <summary>The most types that one model serves, each with other type arguments counted by itself.</summary>
    public const int MaxTypes = 1000;

    /// <summary>How deep types are followed into each other: each takes a part of the stack.</summary>
    public const int MaxDepth = 200;

    /// <summary>The most types in the type arguments of one.</summary>
    private const int MaxParts = 500;

    public static Reason TooMany { get; } = new(
        RuleIds.EndlessValue,
        $"with it the model would serve more than {MaxTypes.ToString(CultureInfo.InvariantCulture)} types; use fewer "
            + "generic types in each other");

    public static Reason TooDeep { get; } = new(
        RuleIds.EndlessValue,
        $"it leads to more than {MaxDepth.ToString(CultureInfo.InvariantCulture)} types in each other; use fewer");

    /// <summary>Why a type is too large to be written down; none for one that is not.</summary>
    public static Reason WhyTooLarge(ITypeSymbol type)
    {
        var parts = 0;
        var waiting = new Stack<ITypeSymbol>([type]);
        while (waiting.Count > 0 && parts++ < MaxParts)
        {
            switch (waiting.Pop())
            {
                case IArrayTypeSymbol array:
                    waiting.Push(array.ElementType);
                    break;
                case INamedTypeSymbol named:
                    foreach (var argument in named.TypeArguments)
                    {
                        waiting.Push(argument);
                    }

                    break;
            }
        }

        return parts <= MaxParts
            ? default
            : new(
                RuleIds.EndlessValue,
                $"its type arguments are made of more than {MaxParts.ToString(CultureInfo.InvariantCulture)} types; "
                    + "use a record of its own for some of them");
    }
}
