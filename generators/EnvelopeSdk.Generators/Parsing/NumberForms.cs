using System;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Reads <c>[JsonNumberHandling]</c>.</summary>
internal static class NumberForms
{
    /// <summary>The bits of the attribute; null without one.</summary>
    public static int? Of(ISymbol symbol) =>
        symbol.Find(KnownNames.JsonNumberHandlingAttribute)?.FirstArgument() is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;
}
