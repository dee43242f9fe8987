using System;
using System.Globalization;
using System.Linq;
using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>The default values of parameters, in C# and in JSON.</summary>
internal static class DefaultValue
{
    public static DefaultSpec? Of(IParameterSymbol parameter, TypeSpec type, TypeParser types)
    {
        if (!parameter.HasExplicitDefaultValue)
        {
            return null;
        }

        return parameter.ExplicitDefaultValue is { } value
            ? Of(value, type, types)
            : new DefaultSpec("default!", type.Nullable ? "null" : Zero(type));
    }

    /// <summary>The <c>default</c> of a structure that C# has no constants of; null where JSON has nothing for it.</summary>
    private static string? Zero(TypeSpec type) => type switch
    {
        ScalarSpec scalar => scalar.Kind.Method switch
        {
            "Int128" or "UInt128" or "Half" => "0",
            "Guid" => "\"00000000-0000-0000-0000-000000000000\"",
            "DateTime" => "\"0001-01-01T00:00:00\"",
            "DateTimeOffset" => "\"0001-01-01T00:00:00+00:00\"",
            "DateOnly" => "\"0001-01-01\"",
            "TimeOnly" or "TimeSpan" => "\"00:00:00\"",
            "ByteMemory" or "ByteBuffer" => "\"\"",
            _ => null,
        },
        CollectionSpec { Shape.Name: "ReadOnlyMemory" or "Memory" } => "[]",
        _ => null,
    };

    /// <summary>Why generated code cannot write a default value; none when it can.</summary>
    public static Reason WhyNotCode(IParameterSymbol parameter) => parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: DateTime }
        ? new(RuleIds.NoJsonForm, $"C# has no constants of DateTime, so what [DateTimeConstant] of '{parameter.Name}' says cannot be written again; leave it out")
        : default;

    /// <summary>The default value as an object; null when there is none, or when it is null.</summary>
    public static object? ConstantOf(IParameterSymbol parameter, TypeSpec type) =>
        !parameter.HasExplicitDefaultValue ? null : parameter.ExplicitDefaultValue ?? (type.Nullable ? null : Zero(type) switch
        {
            "0" => 0,
            "[]" => Array.Empty<object>(),
            _ => null,
        });

    private static DefaultSpec Of(object value, TypeSpec type, TypeParser types) => type switch
    {
        NamedSpec { Name: var name } when types.Find(name) is EnumSpec declared => OfEnum(value, declared),
        _ => new DefaultSpec(ToCode(value), ToJson(value)),
    };

    private static DefaultSpec OfEnum(object value, EnumSpec declared)
    {
        var number = Convert.ToString(value, CultureInfo.InvariantCulture);
        var member = declared.Values.FirstOrDefault(one => one.Number == number);
        var json = member is null ? (declared.IsFlags && !declared.ByName ? number : null) : declared.ByName ? JsonText.Quote(member.JsonName) : number;
        return new DefaultSpec($"({declared.CSharp})({number})", json);
    }

    public static string ToCode(object value) => value switch
    {
        float number when float.IsNaN(number) => "float.NaN",
        float number when float.IsInfinity(number) => number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        double number when double.IsNaN(number) => "double.NaN",
        double number when double.IsInfinity(number) => number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };

    public static string? ToJson(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => JsonText.CanCarry(text) ? JsonText.Quote(text) : null,
        char character => char.IsSurrogate(character) ? null : JsonText.Quote(character.ToString()),
        float number => float.IsNaN(number) || float.IsInfinity(number) ? null : number.ToString("R", CultureInfo.InvariantCulture),
        double number => double.IsNaN(number) || double.IsInfinity(number) ? null : number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
