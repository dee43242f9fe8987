using System;
using System.Globalization;
using System.Linq;
using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>The default values of parameters.</summary>
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
            : new DefaultSpec(null, type.Nullable ? "null" : Zero(parameter, type));
    }

    /// <summary>
    /// The <c>default</c> of a structure that C# has no constants of; null where JSON has nothing for it.
    /// </summary>
    private static string? Zero(IParameterSymbol parameter, TypeSpec type) => type switch
    {
        ScalarSpec scalar => scalar.Kind.Method switch
        {
            _ when scalar.Kind.IsNumber && parameter.Type.SpecialType == SpecialType.None => "0",
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

    /// <summary>The <c>default</c> of the type of a parameter without a default value of its own.</summary>
    public static DefaultSpec OfType(IParameterSymbol parameter, TypeSpec type, TypeParser types) => type switch
    {
        { Nullable: true } => new(null, "null"),
        NamedSpec { Name: var name } when types.Find(name) is EnumSpec declared => OfEnum(0, declared),
        ScalarSpec { Kind.IsNumber: true } => new(null, "0"),
        ScalarSpec { Kind.Method: "Boolean" } => new(null, "false"),
        ScalarSpec { Kind.Method: "Char" } => new(null, JsonText.Quote("\0")),
        _ => new(null, Zero(parameter, type)),
    };

    /// <summary>Why generated code cannot write a default value; none when it can.</summary>
    public static Reason WhyNotCode(IParameterSymbol parameter) =>
        parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: DateTime }
        ? new(
            RuleIds.NoJsonForm,
            $"C# has no constants of DateTime, so what [DateTimeConstant] of '{parameter.Name}' says cannot be written "
                + "again; leave it out")
        : default;

    /// <summary>The default value as an object; null when there is none, or when it is null.</summary>
    public static object? ConstantOf(IParameterSymbol parameter, TypeSpec type) =>
        !parameter.HasExplicitDefaultValue ? null
        : parameter.ExplicitDefaultValue ?? (type.Nullable ? null : Zero(parameter, type) switch
        {
            "0" => 0,
            "[]" => Array.Empty<object>(),
            _ => null,
        });

    private static DefaultSpec Of(object value, TypeSpec type, TypeParser types) => type switch
    {
        NamedSpec { Name: var name } when types.Find(name) is EnumSpec declared => OfEnum(value, declared),
        _ => new DefaultSpec(value, ToJson(value)),
    };

    private static DefaultSpec OfEnum(object value, EnumSpec declared)
    {
        var number = Convert.ToString(value, CultureInfo.InvariantCulture);
        var member = declared.Values.FirstOrDefault(one => one.Number == number);
        var json = member is null ? (declared.IsFlags && !declared.ByName ? number : null)
            : declared.ByName ? JsonText.Quote(member.JsonName)
            : number;
        return new DefaultSpec(value, json);
    }

    /// <summary>A constant as JSON; null for one that JSON cannot carry.</summary>
    public static string? ToJson(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => JsonText.CanCarry(text) ? JsonText.Quote(text) : null,
        char character => char.IsSurrogate(character) ? null : JsonText.Quote(character.ToString()),
        float.NaN or float.PositiveInfinity or float.NegativeInfinity => null,
        double.NaN or double.PositiveInfinity or double.NegativeInfinity => null,
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
