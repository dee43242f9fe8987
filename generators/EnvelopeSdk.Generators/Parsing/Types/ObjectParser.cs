using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Documentation;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>
/// Derives the members of a class, structure or record: the parameters of its constructor, then its other properties.
/// </summary>
internal static class ObjectParser
{
    /// <summary>Parses a type.</summary>
    /// <param name="tag">What tells it from the other types of the union that it stands in, if it does.</param>
    public static ObjectSpec? Parse(
        INamedTypeSymbol type, string name, string code, TypeParser types, TagSpec? tag, out Reason reason)
    {
        if (ConstructorFinder.Find(type, out reason) is not { } constructor)
        {
            return null;
        }

        if (constructor.IsForbidden())
        {
            reason = new Reason(RuleIds.DisputedMember, $"the constructor of {type.Name} is {UseMarks.WhyForbidden}")
                .At(constructor, type);
            return null;
        }

        var forms = Forms.NumbersOf(type);
        var properties = Properties(type).ToList();
        reason = WhyHidden(type, properties);
        if (!reason.IsNone)
        {
            return null;
        }

        var documentation = DocComment.Of(type);
        var members = new List<MemberSpec>();
        foreach (var parameter in constructor.Parameters)
        {
            var property = properties.FirstOrDefault(one => IsFor(one, parameter));
            if (MemberParser.Parse(parameter, property, forms, types, documentation, out reason) is not { } member)
            {
                reason = reason.At(property ?? parameter, type);
                return null;
            }

            members.Add(member);
            properties.RemoveAll(one => SymbolEqualityComparer.Default.Equals(one, property));
        }

        var setsRequired = constructor.Find(KnownNames.SetsRequiredMembersAttribute) is not null;
        foreach (var property in properties)
        {
            if (MemberParser.Parse(property, forms, setsRequired, types, out reason) is { } member)
            {
                members.Add(member);
            }
            else if (!reason.IsNone)
            {
                reason = reason.At(property, type);
                return null;
            }
        }

        reason = WhyNotDistinct(type, members, tag);
        return !reason.IsNone
            ? null
            : new ObjectSpec(name, code, documentation.Symbol, type.IsValueType, false, new(members), tag);
    }

    /// <summary>Parses a tuple whose elements have names.</summary>
    public static ObjectSpec? ParseTuple(
        INamedTypeSymbol tuple, string name, string code, TypeParser types, out Reason reason)
    {
        reason = default;
        var members = new List<MemberSpec>();
        foreach (var element in tuple.TupleElements)
        {
            if (types.Parse(element.Type, out reason) is not { } type)
            {
                reason = reason.In($"its element '{element.Name}' of type {element.Type.ToReadable()}");
                return null;
            }

            members.Add(new MemberSpec(
                element.Name, Names.ToCamelCase(element.Name), MemberKind.Parameter, type, true, null, null));
        }

        reason = WhyNotDistinct(tuple, members, null);
        return !reason.IsNone ? null : new ObjectSpec(name, code, null, true, true, new(members));
    }

    /// <summary>
    /// The types of the members that an object of a type has. A union that cannot be made has none: the types that
    /// stand for it are named by attributes, and so have no type parameters.
    /// </summary>
    public static IEnumerable<ITypeSymbol> ServedTypes(INamedTypeSymbol type) =>
        type.TypeKind is not (TypeKind.Class or TypeKind.Struct)
        || Refusals.IsOfTheFramework(type)
        || (type.IsAbstract && UnionParser.IsUnion(type))
            ? []
            : Properties(type).Where(MemberParser.IsServed).Select(MemberParser.TypeOf);

    private static Reason WhyHidden(INamedTypeSymbol type, List<ISymbol> properties) =>
        AllProperties(type).Except<ISymbol>(properties, SymbolEqualityComparer.Default)
            .Select(hidden => (Hidden: hidden, Nearer: properties.First(one => one.Name == hidden.Name)))
            .Select(pair => (pair.Nearer, Reason: MemberParser.WhyNotOne(pair.Nearer, pair.Hidden)))
            .Where(found => !found.Reason.IsNone)
            .Select(found => found.Reason.At(found.Nearer, type))
            .FirstOrDefault();

    /// <summary>
    /// Its own properties and those of its bases, and the fields that are serialized; an overriding or hiding one
    /// stands for the other.
    /// </summary>
    private static IEnumerable<ISymbol> Properties(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>();
        return AllProperties(type).Where(member => seen.Add(member.Name));
    }

    private static IEnumerable<ISymbol> AllProperties(INamedTypeSymbol type)
    {
        for (var current = type;
            current is not null
                && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType);
            current = current.BaseType)
        {
            // A compiled type has its fields elsewhere than its source.
            foreach (var member in current.GetMembers().OrderBy(one => one.Kind == SymbolKind.Field))
            {
                if (IsCounted(member))
                {
                    yield return member;
                }
            }
        }
    }

    private static bool IsCounted(ISymbol member) =>
        member is IPropertySymbol { IsStatic: false, IsIndexer: false }
            or IFieldSymbol { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false }
        && (member.DeclaredAccessibility == Accessibility.Public
            || member.Find(KnownNames.JsonIncludeAttribute) is not null);

    /// <summary>
    /// A constructor's parameter and a property belong together when they differ in nothing but the first letter's
    /// case.
    /// </summary>
    private static bool IsFor(ISymbol property, IParameterSymbol parameter) =>
        property is IPropertySymbol one
        && Names.ToCamelCase(one.Name) == Names.ToCamelCase(parameter.Name)
        && SymbolEqualityComparer.Default.Equals(one.Type, parameter.Type);

    private static Reason WhyNotDistinct(INamedTypeSymbol type, List<MemberSpec> members, TagSpec? tag)
    {
        var names = members
            .Where(member => member.Kind != MemberKind.Extension)
            .Select(member => member.JsonName)
            .Concat(tag is null ? [] : [tag.Name])
            .ToList();
        return !names.All(JsonText.CanCarry)
            ? new(
                RuleIds.DisputedMember,
                $"the name of a member of {type.Name} has half of a surrogate pair, which JSON cannot carry; give it "
                    + "another [JsonPropertyName]")
            : names.GroupBy(one => one).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? new Reason(RuleIds.DisputedMember, $"two members of {type.Name} are called '{twice.Key}' in JSON")
                .At(AllProperties(type).LastOrDefault(one => MemberParser.JsonName(one) == twice.Key) ?? type, type)
            : default;
    }
}
