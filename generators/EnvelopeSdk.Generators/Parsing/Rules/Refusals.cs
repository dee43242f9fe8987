using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>The reasons why a type has no JSON form of its own.</summary>
internal static class Refusals
{
    public static readonly Reason NestedTable = new(
        RuleIds.NoJsonForm,
        "it is a table, whose columns are known only where it is a parameter of a predict method or its whole answer");

    /// <summary>The reason for a type that is none of those that can be served.</summary>
    public static Reason WhyNotServable(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } =>
            new(
                RuleIds.OpenType,
                "it could be anything, so no schema says what to send; declare a record with the members it has, or "
                    + "JsonElement for a value that is really open"),
        { TypeKind: TypeKind.Error } => new(RuleIds.NoJsonForm, "it is not defined"),
        { TypeKind: TypeKind.TypeParameter } => new(
            RuleIds.NoJsonForm, "it is not known when the model is built; write a method for each type"),
        _ when ProcessValues.WhyNotServable(type) is { IsNone: false } reason => reason,
        _ when type.Name == "IAsyncEnumerable" => new(
            RuleIds.NoJsonForm,
            "only the answer as a whole can be a stream; return IAsyncEnumerable<T> itself, with no task or collection "
                + "around it, and use a list elsewhere"),
        _ when type.Name is "Stack" or "ImmutableStack" or "IImmutableStack" or "ConcurrentStack" => new(
            RuleIds.NoJsonForm, "System.Text.Json would give its items back in reverse; use a list, or a queue"),
        INamedTypeSymbol named when HoldsAnything(named) => new(
            RuleIds.OpenType, "its items could be anything, so no schema says what to send; use List<T> or an array"),
        { TypeKind: TypeKind.Interface } => new(
            RuleIds.OpenType,
            $"{type.Name} is an interface, so it could be anything; use a record of what it holds{OrRoom(type)}"),
        _ => new(RuleIds.NoJsonForm, $"no JSON form of it is known; use a record of what it holds{OrRoom(type)}"),
    };

    /// <summary>
    /// The reason why a class, structure or enum cannot be derived from its declaration; none when it can be tried.
    /// </summary>
    public static Reason WhyNotAnObject(INamedTypeSymbol type) => type switch
    {
        { TypeKind: not (TypeKind.Class or TypeKind.Struct or TypeKind.Enum or TypeKind.Interface) }
            or { IsRefLikeType: true }
            or { SpecialType: SpecialType.System_Object } => WhyNotServable(type),
        _ when IsOfTheFramework(type) => WhyNotServable(type),
        _ when type.IsForbidden() => new(RuleIds.NoJsonForm, $"{type.ToReadable()} is {UseMarks.WhyForbidden}"),
        _ when !type.IsVisibleOutside() => new(
            RuleIds.NoJsonForm, $"{type.ToReadable()} is not public, so a service cannot use it"),
        _ when type.Find(KnownNames.JsonConverterAttribute) is not null && type.TypeKind != TypeKind.Enum =>
            new(
                RuleIds.UnreadableConverter,
                $"{type.Name} has a JSON converter, which cannot be read at build time; use a record without it"),
        { TypeKind: TypeKind.Enum } => default,
        _ when IsPopulated(type) => new(
            RuleIds.DisputedMember,
            $"the members of {type.Name} are populated rather than set; leave [JsonObjectCreationHandling] out, and "
                + "give them setters"),
        _ when type.Find(KnownNames.JsonUnmappedMemberHandlingAttribute)?.FirstArgument() is 0 =>
            new(
                RuleIds.DisputedMember,
                $"{type.Name} asks to pass over members that it does not have, which a service refuses so that no "
                    + "misspelt one is lost; leave [JsonUnmappedMemberHandling] out, or take them with "
                    + "[JsonExtensionData]"),
        _ when UnionParser.IsUnion(type) => default,
        { TypeKind: TypeKind.Interface } => new(
            RuleIds.OpenType,
            $"{type.Name} is an interface, so it could be anything; mark it with [JsonDerivedType] for each class that "
                + "it stands for"),
        { IsAbstract: true } => new(
            RuleIds.OpenType,
            $"{type.Name} is abstract, so it could be anything; mark it with [JsonDerivedType] for each class that it "
                + "stands for"),
        _ when FrameworkBase(type) is { } framework
            && ProcessValues.WhyNotServable(framework) is { IsNone: false } reason =>
            reason.In($"its base class {framework.ToReadable()}"),
        _ when type.AllInterfaces.Any(IsEnumerable) =>
            new(
                RuleIds.DisputedMember,
                $"{type.Name} is a collection of its own, whose items System.Text.Json would write without its "
                    + "members; use List<T> or a record that has one"),
        _ => default,
    };

    /// <summary>
    /// Whether <c>[JsonObjectCreationHandling]</c> asks to add to the object that a member has: its value is then not
    /// what was sent.
    /// </summary>
    public static bool IsPopulated(ISymbol symbol) =>
        symbol.Find(KnownNames.JsonObjectCreationHandlingAttribute)?.FirstArgument() is 1;

    /// <summary>
    /// What is left to say of a type that is neither the user's nor .NET's: a room of the platform may know it.
    /// </summary>
    private static string OrRoom(ITypeSymbol type) =>
        type.IsInNamespace("System") || type.Locations.Any(one => one.IsInSource)
            ? ""
            : ", or reference the package of EnvelopeSdk for its framework";

    /// <summary>Types of .NET, and of its frameworks, have a JSON form only when it is written down here.</summary>
    public static bool IsOfTheFramework(INamedTypeSymbol type) =>
        type.TypeKind != TypeKind.Enum
        && type.Name != "KeyValuePair"
        && (type.IsInNamespace("System") || type.IsInNamespace("Microsoft"));

    private static INamedTypeSymbol? FrameworkBase(INamedTypeSymbol type)
    {
        var current = type.BaseType;
        while (current is not null && !IsOfTheFramework(current))
        {
            current = current.BaseType;
        }

        return current;
    }

    /// <summary>A collection from before there were generics.</summary>
    private static bool HoldsAnything(INamedTypeSymbol type)
    {
        var interfaces = type.AllInterfaces.Append(type).ToList();
        return interfaces.Any(IsEnumerable)
            && interfaces.All(one =>
                one.OriginalDefinition.SpecialType != SpecialType.System_Collections_Generic_IEnumerable_T);
    }

    private static bool IsEnumerable(INamedTypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable;
}
