using System;
using System.Globalization;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Derives the values of an enum, as <c>System.Text.Json</c> would write them.</summary>
internal static class EnumParser
{
    public static EnumSpec? Parse(INamedTypeSymbol type, string name, string code, out string reason)
    {
        if (type.Find(KnownNames.FlagsAttribute) is not null)
        {
            reason = $"{type.Name} is a [Flags] enum, whose combinations are not served; use a record of booleans";
            return null;
        }

        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).ToList();
        if (fields.Count == 0)
        {
            reason = $"{type.Name} declares no value";
            return null;
        }

        reason = "";
        var byName = false;
        if (type.Find(KnownNames.JsonConverterAttribute) is { } converter)
        {
            byName = converter.FirstArgument() is INamedTypeSymbol converterType
                && converterType.OriginalDefinition.ToDisplayString().Split('<')[0] == KnownNames.JsonStringEnumConverter;
            if (!byName)
            {
                reason = $"{type.Name} has a JSON converter that cannot be read at build time; only JsonStringEnumConverter can";
                return null;
            }
        }

        return new EnumSpec(
            name, code, DocComment.Of(type).Summary, ScalarKind.Of(type.EnumUnderlyingType!.SpecialType)!, byName, new(fields.Select(Parse)));
    }

    private static EnumValueSpec Parse(IFieldSymbol field) => new(
        field.Name,
        field.Find(KnownNames.JsonStringEnumMemberNameAttribute)?.FirstString() ?? field.Name,
        Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)!);
}
