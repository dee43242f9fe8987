using System.Globalization;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Constants as C# writes them.</summary>
internal static class Literals
{
    /// <summary>A constant of a type that C# has literals of.</summary>
    public static string Of(object value) => value switch
    {
        float number when float.IsNaN(number) => "float.NaN",
        float number when float.IsInfinity(number) => number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        double number when double.IsNaN(number) => "double.NaN",
        double number when double.IsInfinity(number) =>
            number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };

    /// <summary>The default value of a parameter.</summary>
    public static string Default(DefaultSpec value, TypeSpec type) => value.Constant switch
    {
        null => value.IsEmpty ? "[]" : "default!",
        var number when type is NamedSpec =>
            $"({type.NonNull})({((System.IFormattable)number).ToString(null, CultureInfo.InvariantCulture)})",
        var constant => Of(constant),
    };

    /// <summary>A listed value of a type.</summary>
    public static string Listed(object value, ScalarSpec type) => type.Kind.SchemaKind switch
    {
        NumberKinds.Float => value + "f",
        NumberKinds.Double => value + "d",
        NumberKinds.Decimal => value + "m",
        _ when type.Kind.IsInteger => $"({type.NonNull})({value})",
        _ when type.Kind.IsNumber => $"({type.NonNull})({value}d)",
        _ => Of(value),
    };

    /// <summary>The bound of a number, with which its values can be compared.</summary>
    public static string Bound(ScalarKind kind, string bound) => kind.SchemaKind switch
    {
        NumberKinds.Decimal => NumberOrder.ToDecimal(bound) is not null
            ? $"{bound}m"
            : $"decimal.{(bound[0] == '-' ? "Min" : "Max")}Value",
        NumberKinds.Float => $"{bound}f",
        NumberKinds.Int128 or NumberKinds.UInt128 when Digits(bound) is { } digits =>
            $"(global::{kind.Type})({digits})",
        _ when kind.IsInteger && Digits(bound) is { } digits => digits,
        _ when kind.IsInteger || kind.SchemaKind == NumberKinds.Double => $"{bound}d",
        _ => $"(global::{kind.Type})({bound}d)",
    };

    /// <summary>The digits of a bound with which integers can be compared exactly; null when there are none.</summary>
    public static string? Digits(string bound) =>
        NumberOrder.ToDecimal(bound) is { } number && number == decimal.Truncate(number)
            && number is >= long.MinValue and <= ulong.MaxValue
            ? number.ToString("0", CultureInfo.InvariantCulture)
            : null;
}
