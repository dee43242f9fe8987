using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Constraints;
using EnvelopeSdk.Generators.Parsing.Documentation;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>Derives one member of an object.</summary>
internal static class MemberParser
{
    private const string JsonElement = "global::System.Text.Json.JsonElement";
    private const string OpenMembers = $"global::System.Collections.Generic.Dictionary<string, {JsonElement}>";

    /// <summary>Parses a parameter of the constructor with the property that shows its value.</summary>
    public static MemberSpec? Parse(
        IParameterSymbol parameter,
        ISymbol? property,
        int? typeForms,
        TypeParser types,
        DocComment documentation,
        out Reason reason)
    {
        if (property is not IPropertySymbol
            {
                DeclaredAccessibility: Accessibility.Public,
                GetMethod.DeclaredAccessibility: Accessibility.Public,
            })
        {
            reason = new(
                RuleIds.DisputedMember,
                $"the constructor parameter '{parameter.Name}' of {parameter.ContainingType.Name} has no public "
                    + "property of the same name and type, so it could not be written back");
            return null;
        }

        if (Ignore(property, out reason) != Ignored.Never || !reason.IsNone)
        {
            reason = reason.IsNone
                ? new(
                    RuleIds.DisputedMember,
                    $"its member '{property.Name}' has [JsonIgnore], but the constructor needs it")
                : reason;
            return null;
        }

        var forms = Forms.Of(parameter, property);
        if (TypeOf(property, parameter.Type, forms, typeForms, types, out reason) is not { } type)
        {
            return null;
        }

        reason = DefaultValue.WhyNotCode(parameter);
        if (!reason.IsNone)
        {
            return null;
        }

        var isRequired = !parameter.HasExplicitDefaultValue || Has(property, KnownNames.JsonRequiredAttribute);
        var member = new MemberSpec(
            parameter.Name, JsonName(property), MemberKind.Parameter, type, isRequired,
            isRequired ? null : DefaultValue.Of(parameter, type, types),
            documentation.Parameter(parameter)
                ?? DocComment.Of(parameter.ContainingSymbol).Parameter(parameter)
                ?? DocComment.Of(property).Symbol,
            Property: property.Name)
        {
            Order = Order(property),
        };
        var constant = isRequired ? null : DefaultValue.ConstantOf(parameter, type);
        return ConstraintParser.AddTo(member, [parameter, property], constant, out reason);
    }

    /// <summary>Parses a property or field; null without a reason when it is no part of the JSON.</summary>
    public static MemberSpec? Parse(
        ISymbol member, int? typeForms, bool setsRequired, TypeParser types, out Reason reason)
    {
        var ignored = Ignore(member, out reason);
        if (ignored == Ignored.Always || !reason.IsNone)
        {
            return null;
        }

        if (member.DeclaredAccessibility != Accessibility.Public)
        {
            reason = new(
                RuleIds.DisputedMember,
                $"its member '{member.Name}' has [JsonInclude] but is not public, so generated code cannot reach it");
            return null;
        }

        if (Has(member, KnownNames.JsonIncludeAttribute)
            && member is IPropertySymbol { GetMethod: var getter, SetMethod: var setter }
            && new[] { getter, setter }.Any(one => one is { DeclaredAccessibility: not Accessibility.Public }))
        {
            reason = new(
                RuleIds.DisputedMember,
                $"its member '{member.Name}' has [JsonInclude] but an accessor that is not public, so generated code "
                    + "cannot reach it; make it public, or leave [JsonInclude] out");
            return null;
        }

        if (member is IFieldSymbol && !Has(member, KnownNames.JsonIncludeAttribute))
        {
            reason = new(
                RuleIds.DisputedMember,
                $"its public field '{member.Name}' would not be serialized; make it a property, or mark it with "
                    + "[JsonInclude]");
            return null;
        }

        if (Has(member, KnownNames.JsonExtensionDataAttribute))
        {
            return Extension(member, out reason);
        }

        var kind = KindOf(member);
        if (kind is null)
        {
            return null; // it can only be set
        }

        if (TypeOf(member, TypeOf(member), Forms.Of(member), typeForms, types, out reason) is not { } type)
        {
            return null;
        }

        var required = kind != MemberKind.ReadOnly
            && (Has(member, KnownNames.JsonRequiredAttribute)
                || Has(member, KnownNames.RequiredAttribute)
                || (!setsRequired
                    && member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }));
        var parsed = new MemberSpec(
            member.Name, JsonName(member), kind.Value, type, required, null, DocComment.Of(member).Symbol)
        {
            Order = Order(member),
        };

        // What cannot be set is asked of nobody.
        return kind == MemberKind.ReadOnly
            ? parsed
            : ConstraintParser.AddTo(parsed, [member], constant: null, out reason);
    }

    /// <summary>Whether a property or field has a place in the JSON, served or refused.</summary>
    public static bool IsServed(ISymbol member) =>
        KindOf(member) is not null && Ignore(member, out _) != Ignored.Always;

    private enum Ignored
    {
        Never,
        Always,
    }

    private static Ignored Ignore(ISymbol member, out Reason reason)
    {
        reason = Has(member, KnownNames.JsonConverterAttribute)
            ? new(
                RuleIds.UnreadableConverter,
                $"its member '{member.Name}' has a JSON converter, which cannot be read at build time; use a type "
                    + "without it")
            : member.IsForbidden()
            ? new(RuleIds.DisputedMember, $"its member '{member.Name}' is {UseMarks.WhyForbidden}")
            : Refusals.IsPopulated(member)
            ? new(
                RuleIds.DisputedMember,
                $"its member '{member.Name}' is populated rather than set; leave [JsonObjectCreationHandling] out, and "
                    + "give it a setter")
            : default;
        if (member.Find(KnownNames.JsonIgnoreAttribute) is not { } ignore)
        {
            return Ignored.Never;
        }

        // JsonIgnoreCondition: Never is 0, Always is 1.
        var condition = ignore.Named("Condition") as int? ?? 1;
        if (condition > 1)
        {
            reason = new(
                RuleIds.DisputedMember,
                $"its member '{member.Name}' has [JsonIgnore] with a condition, so no schema says when it is there; "
                    + "use Always or Never");
        }

        if (condition == 1)
        {
            reason = default; // whatever else it has, it is not used
            return Ignored.Always;
        }

        return Ignored.Never;
    }

    private static MemberSpec? Extension(ISymbol member, out Reason reason)
    {
        var type = TypeOf(member);
        if (KindOf(member) is MemberKind.Settable
            && type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToCode() is OpenMembers)
        {
            reason = default;
            var element = ((INamedTypeSymbol)type).TypeArguments[1];
            var any = new ScalarSpec(JsonElement, false, ScalarTypes.Of(element)!);
            return new MemberSpec(
                member.Name, "", MemberKind.Extension, any, false, null, DocComment.Of(member).Symbol);
        }

        reason = new(
            RuleIds.DisputedMember,
            $"its member '{member.Name}' has [JsonExtensionData]; make it a Dictionary<string, JsonElement> that can "
                + "be set");
        return null;
    }

    private static TypeSpec? TypeOf(
        ISymbol member, ITypeSymbol type, Forms forms, int? typeForms, TypeParser types, out Reason reason)
    {
        var numbers = Forms.NumbersOf(member) ?? typeForms ?? 0;
        if (types.Parse(type, out reason, forms with { Numbers = numbers }) is { } parsed)
        {
            return parsed;
        }

        reason = reason.In($"its member '{member.Name}' of type {type.ToReadable()}");
        return null;
    }

    private static MemberKind? KindOf(ISymbol member) => member switch
    {
        IFieldSymbol { IsReadOnly: true } => MemberKind.ReadOnly,
        IFieldSymbol => MemberKind.Settable,
        IPropertySymbol { GetMethod: not { DeclaredAccessibility: Accessibility.Public } } => null,
        IPropertySymbol { SetMethod: { DeclaredAccessibility: Accessibility.Public, IsInitOnly: true } } =>
            MemberKind.InitOnly,
        IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Public } => MemberKind.Settable,
        _ => MemberKind.ReadOnly,
    };

    public static ITypeSymbol TypeOf(ISymbol member) =>
        member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    private static bool Has(ISymbol symbol, string attribute) => symbol.Find(attribute) is not null;

    private static int Order(ISymbol member) =>
        member.Find(KnownNames.JsonPropertyOrderAttribute)?.FirstArgument() is int order ? order : 0;

    private static string JsonName(ISymbol member) =>
        member.Find(KnownNames.JsonPropertyNameAttribute)?.FirstString() ?? Names.ToCamelCase(member.Name);
}
