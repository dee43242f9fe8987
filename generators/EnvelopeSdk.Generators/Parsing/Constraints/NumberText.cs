using System;
using System.Globalization;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Types;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>Numbers as JSON writes them, in the precision of the type that they stand for.</summary>
internal static class NumberText
{
    /// <summary>The least and the greatest value of an integer type; null for another type.</summary>
    public static (string Least, string Greatest)? LimitsOf(ScalarKind kind) =>
        kind.Number is { IsInteger: true, Least: var least, Greatest: var greatest } ? (least, greatest) : null;

    /// <summary>A number that an attribute names; null when it names none, an infinity by its name.</summary>
    public static string? Of(object? value, ScalarKind kind) => value switch
    {
        string text => NumberOrder.ToDecimal(text) is { } number ? Of(number, kind) : null,
        double or float or decimal or int when kind.SchemaKind == NumberKinds.Float =>
            Of((float)Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        double number => Of(number),
        float number => Of(number),
        null or bool or char => null,
        _ => DefaultValue.ToJson(value),
    };

    private static string? Of(double number) =>
        double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture);

    private static string? Of(float number) =>
        float.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture);
}
