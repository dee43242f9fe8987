using System;
using System.Collections.Generic;
using System.Globalization;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Numbers as JSON writes them, in the precision of the type that they stand for.</summary>
internal static class NumberText
{
    private static readonly Dictionary<string, (string Least, string Greatest)> Limits = new()
    {
        ["SByte"] = ("-128", "127"),
        ["Byte"] = ("0", "255"),
        ["Int16"] = ("-32768", "32767"),
        ["UInt16"] = ("0", "65535"),
        ["Int32"] = ("-2147483648", "2147483647"),
        ["UInt32"] = ("0", "4294967295"),
        ["Int64"] = ("-9223372036854775808", "9223372036854775807"),
        ["UInt64"] = ("0", "18446744073709551615"),
        ["Int128"] = ("-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
        ["UInt128"] = ("0", "340282366920938463463374607431768211455"),
    };

    /// <summary>The least and the greatest value of an integer type; null for another type.</summary>
    public static (string Least, string Greatest)? LimitsOf(ScalarKind kind) => Limits.TryGetValue(kind.Method, out var limits) ? limits : null;

    /// <summary>A number that an attribute names; null when it names none, an infinity by its name.</summary>
    public static string? Of(object? value, ScalarKind kind) => value switch
    {
        string text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Of(number, kind) : null,
        double or float or decimal or int when kind.Method == "Single" => Of((float)Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        double number => Of(number),
        float number => Of(number),
        null or bool or char => null,
        _ => DefaultValue.ToJson(value),
    };

    /// <summary>Compares two numbers: those that have one nearest double by their digits, where a decimal holds both.</summary>
    public static int Compare(string one, string other) =>
        ToDouble(one).CompareTo(ToDouble(other)) is not 0 and var order ? order
        : ToDecimal(one) is { } exact && ToDecimal(other) is { } otherExact ? exact.CompareTo(otherExact)
        : 0;

    /// <summary>The number as a decimal; null for one that no decimal holds.</summary>
    public static decimal? ToDecimal(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null;

    private static double ToDouble(string number) => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string? Of(double number) => double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture);

    private static string? Of(float number) => float.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture);
}
