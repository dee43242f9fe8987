using System;
using System.Globalization;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Documentation;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>Derives the values of an enum, as <c>System.Text.Json</c> would write them.</summary>
internal static class EnumParser
{
    public static EnumSpec? Parse(INamedTypeSymbol type, string name, string code, out Reason reason)
    {
        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).ToList();
        if (fields.Count == 0)
        {
            reason = new(RuleIds.NoJsonForm, $"{type.Name} declares no value");
            return null;
        }

        if (fields.FirstOrDefault(UseMarks.IsForbidden) is { } forbidden)
        {
            reason = new Reason(
                RuleIds.DisputedMember, $"the value '{forbidden.Name}' of {type.Name} is {UseMarks.WhyForbidden}")
                .At(forbidden, type);
            return null;
        }

        var byName = false;
        if (type.Find(KnownNames.JsonConverterAttribute) is { } converter)
        {
            byName = converter.FirstArgument() is INamedTypeSymbol converterType
                && converterType.OriginalDefinition.ToDisplayString().Split('<')[0]
                    == KnownNames.JsonStringEnumConverter;
            if (!byName)
            {
                reason = new(
                    RuleIds.UnreadableConverter,
                    $"{type.Name} has a JSON converter that cannot be read at build time; only JsonStringEnumConverter "
                        + "can");
                return null;
            }
        }

        var values = fields.Select(Parse).ToList();
        reason = !values.All(value => JsonText.CanCarry(value.JsonName))
            ? new(
                RuleIds.DisputedMember,
                $"the name of a value of {type.Name} has half of a surrogate pair, which JSON cannot carry; give it "
                    + "another [JsonStringEnumMemberName]")
            : values.GroupBy(value => value.JsonName).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? new(RuleIds.DisputedMember, $"two values of {type.Name} are called '{twice.Key}' in JSON")
            : default;
        var isFlags = type.Find(KnownNames.FlagsAttribute) is not null;
        return !reason.IsNone ? null : new EnumSpec(
            name, code, DocComment.Of(type).Symbol, ScalarTypes.Of(type.EnumUnderlyingType!)!, byName, isFlags,
            new(values));
    }

    private static EnumValueSpec Parse(IFieldSymbol field) => new(
        field.Name,
        field.Find(KnownNames.JsonStringEnumMemberNameAttribute)?.FirstString() ?? field.Name,
        Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)!,
        DocComment.Of(field).Symbol?.Summary);
}
