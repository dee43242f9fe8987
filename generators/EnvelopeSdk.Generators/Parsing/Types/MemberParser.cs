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

        var ignored = Ignore(property, out reason);
        if (ignored is Ignored.Always or Ignored.WhenReading || !reason.IsNone)
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

        var mayBeAbsent = parameter.HasExplicitDefaultValue || (IsOmitting(ignored) && HasDefault(parameter.Type));
        var isRequired = !mayBeAbsent || Has(property, KnownNames.JsonRequiredAttribute);
        reason = WhyNotOmitted(property, ignored, type, isRequired);
        if (!reason.IsNone)
        {
            return null;
        }

        var member = new MemberSpec(
            parameter.Name, JsonName(property), MemberKind.Parameter, type, isRequired,
            isRequired ? null : DefaultValue.Of(parameter, type, types) ?? DefaultValue.OfType(type, types),
            documentation.Parameter(parameter)
                ?? DocComment.Of(parameter.ContainingSymbol).Parameter(parameter)
                ?? DocComment.Of(property).Symbol,
            Property: property.Name)
        {
            Order = Order(property),
            Omitted = isRequired ? Omission.Never : Omitted(ignored),
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

        var kind = ignored == Ignored.WhenReading ? MemberKind.ReadOnly : KindOf(member);
        if (kind is null)
        {
            return null; // nobody outside can read or set it
        }

        var isOnlySet = member is IPropertySymbol { GetMethod: not { DeclaredAccessibility: Accessibility.Public } };
        if (isOnlySet && member is IPropertySymbol { SetMethod.IsInitOnly: true })
        {
            reason = new(
                RuleIds.DisputedMember,
                $"its member '{member.Name}' can be set only while the object is made, and not be read, so nothing "
                    + "tells what it is when a caller leaves it out; give it a public getter, or make it settable");
            return null;
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
        ignored = isOnlySet ? Ignored.WhenWriting : ignored;
        reason = WhyNotOmitted(member, ignored, type, required);
        if (!reason.IsNone)
        {
            return null;
        }

        var parsed = new MemberSpec(
            member.Name, JsonName(member), kind.Value, type, required, null, DocComment.Of(member).Symbol)
        {
            Order = Order(member),
            Omitted = Omitted(ignored),
        };

        // What cannot be set is asked of nobody.
        return kind == MemberKind.ReadOnly
            ? parsed
            : ConstraintParser.AddTo(parsed, [member], constant: null, out reason);
    }

    /// <summary>
    /// Why System.Text.Json knows a member of a base class beside one that overrides or hides it: it tells them apart
    /// by their names in JSON. C# knows the nearer one alone.
    /// </summary>
    public static Reason WhyNotOne(ISymbol nearer, ISymbol hidden)
    {
        var isIgnored = Ignore(nearer, out _) == Ignored.Always;
        var isOverride = nearer.IsOverride || (nearer as IPropertySymbol)?.OverriddenProperty is not null;
        if (Ignore(hidden, out _) == Ignored.Always || (isIgnored ? isOverride : JsonName(nearer) == JsonName(hidden)))
        {
            return default;
        }

        var how = $"its member '{nearer.Name}' {(isOverride ? "overrides" : "hides")} that of "
            + hidden.ContainingType.Name;
        return new(RuleIds.DisputedMember, isIgnored
            ? $"{how}, which has no [JsonIgnore] and would be written in its place; mark both"
            : $"{how} under another name in JSON, so it would be written twice; give both the name "
                + $"'{JsonName(hidden)}' with [JsonPropertyName]");
    }

    /// <summary>Whether a property or field has a place in the JSON, served or refused.</summary>
    public static bool IsServed(ISymbol member) =>
        KindOf(member) is not null && Ignore(member, out _) != Ignored.Always;

    /// <summary>The members of <c>JsonIgnoreCondition</c>, with their numbers.</summary>
    private enum Ignored
    {
        Never,
        Always,
        WhenWritingDefault,
        WhenWritingNull,
        WhenWriting,
        WhenReading,
    }

    private static bool IsOmitting(Ignored ignored) =>
        ignored is Ignored.WhenWritingDefault or Ignored.WhenWritingNull or Ignored.WhenWriting;

    private static Omission Omitted(Ignored ignored) => ignored switch
    {
        Ignored.WhenWritingDefault => Omission.Default,
        Ignored.WhenWritingNull => Omission.Null,
        Ignored.WhenWriting => Omission.Always,
        _ => Omission.Never,
    };

    /// <summary>
    /// Whether the <c>default</c> of a type is a value of it: a reference that is not nullable has none.
    /// </summary>
    private static bool HasDefault(ITypeSymbol type) =>
        type.IsValueType || type.NullableAnnotation == NullableAnnotation.Annotated;

    /// <summary>
    /// Why a member cannot be left out: one schema says of what is sent and of what is answered whether it is required.
    /// A condition that never holds leaves nothing out.
    /// </summary>
    private static Reason WhyNotOmitted(ISymbol member, Ignored ignored, TypeSpec type, bool isRequired) =>
        ignored == Ignored.WhenWritingNull && !type.Nullable && TypeOf(member).IsValueType
            ? new(
                RuleIds.DisputedMember,
                $"its member '{member.Name}' has [JsonIgnore] for when it is null, which it never is; use "
                    + "WhenWritingDefault, or leave it out")
        : isRequired && (ignored == Ignored.WhenWriting || (IsOmitting(ignored) && HasDefault(TypeOf(member))))
            ? new(
                RuleIds.DisputedMember,
                $"its member '{member.Name}' is required, but {WhatOmits(member)} leaves it out of what is written; "
                    + "let it be absent, or leave one of the two out")
        : default;

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

        var condition = (Ignored)(ignore.Named("Condition") as int? ?? (int)Ignored.Always);
        if (condition == Ignored.Always)
        {
            reason = default; // whatever else it has, it is not used
        }

        return condition;
    }

    private static string WhatOmits(ISymbol member) =>
        Has(member, KnownNames.JsonIgnoreAttribute) ? "its [JsonIgnore]" : "having no public getter";

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
        IPropertySymbol { GetMethod: not { DeclaredAccessibility: Accessibility.Public } } property =>
            property.SetMethod is { DeclaredAccessibility: Accessibility.Public } ? MemberKind.Settable : null,
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

    public static string JsonName(ISymbol member) =>
        member.Find(KnownNames.JsonPropertyNameAttribute)?.FirstString() ?? Names.ToCamelCase(member.Name);
}
