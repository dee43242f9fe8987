using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
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
            : new DefaultSpec(null, ZeroValue.Of(type, types));
    }

    /// <summary>The <c>default</c> of the type of a parameter without a default value of its own.</summary>
    public static DefaultSpec OfType(TypeSpec type, TypeParser types) =>
        type is NamedSpec { Nullable: false, Name: var name } && types.Find(name) is EnumSpec declared
            ? OfEnum(0, declared)
            : new(null, ZeroValue.Of(type, types));

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
        : parameter.ExplicitDefaultValue ?? type switch
        {
            { Nullable: true } => null,
            ScalarSpec { Kind.IsNumber: true } => 0,
            CollectionSpec when ZeroValue.IsEmpty(type) => Array.Empty<object>(),
            _ => null,
        };

    private static DefaultSpec Of(object value, TypeSpec type, TypeParser types) => type switch
    {
        NamedSpec { Name: var name } when types.Find(name) is EnumSpec declared => OfEnum(value, declared),
        _ => new DefaultSpec(value, ToJson(value)),
    };

    /// <summary>A value of an enum; without JSON when JSON has none for it.</summary>
    public static DefaultSpec OfEnum(object value, EnumSpec declared)
    {
        var number = Convert.ToString(value, CultureInfo.InvariantCulture);
        var member = declared.Values.FirstOrDefault(one => one.Number == number);
        var json = member is null ? (declared.IsFlags ? OfFlags(number, declared) : null)
            : declared.ByName ? JsonText.Quote(member.JsonName)
            : number;
        return new DefaultSpec(value, json);
    }

    private static string? OfFlags(string number, EnumSpec declared)
    {
        if (!declared.ByName)
        {
            return number;
        }

        // The names of the most bits first, which leaves the fewest; in the order of their bits, as it is written.
        var (rest, names) = (BigInteger.Parse(number, CultureInfo.InvariantCulture), new List<string>());
        var values = declared.Distinct
            .Select(one => (one.JsonName, Bits: BigInteger.Parse(one.Number, CultureInfo.InvariantCulture)));
        foreach (var (name, bits) in values.Where(one => one.Bits > 0).OrderByDescending(one => one.Bits))
        {
            if ((rest & bits) == bits)
            {
                rest -= bits;
                names.Insert(0, name);
            }
        }

        return rest.IsZero && names.Count > 0 ? JsonText.Quote(string.Join(", ", names)) : null;
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
