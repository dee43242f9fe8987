using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Derives the members of a record: the parameters of its constructor, then the properties that can be set beside them.</summary>
internal static class RecordParser
{
    public static ObjectSpec? Parse(INamedTypeSymbol type, string name, string code, TypeParser types, out string reason)
    {
        if (WhyNotAnObject(type) is { } refused)
        {
            reason = refused;
            return null;
        }

        var properties = type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false })
            .ToDictionary(property => property.Name);
        if (properties.Values.FirstOrDefault(property => property.Find(KnownNames.JsonIgnoreAttribute) is not null || property.Find(KnownNames.JsonConverterAttribute) is not null) is { } special)
        {
            reason = $"its member '{special.Name}' has [JsonIgnore] or [JsonConverter], which is not served; use a record without it";
            return null;
        }

        var documentation = DocComment.Of(type);
        var members = new List<MemberSpec>();
        foreach (var parameter in Constructor(type)!.Parameters)
        {
            if (!properties.TryGetValue(parameter.Name, out var property) || !SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type))
            {
                reason = $"the constructor parameter '{parameter.Name}' of {type.Name} has no public property of the same name and type, so it could not be written back";
                return null;
            }

            if (types.Parse(parameter.Type, out reason) is not { } memberType)
            {
                reason = $"of its member '{parameter.Name}' of type {parameter.Type.ToReadable()}: {reason}";
                return null;
            }

            var description = documentation.Parameter(parameter.Name) ?? DocComment.Of(property).Summary;
            members.Add(new MemberSpec(
                parameter.Name, JsonName(property), MemberKind.Parameter, memberType,
                !parameter.HasExplicitDefaultValue, DefaultValue.Of(parameter, memberType, types), description));
            properties.Remove(parameter.Name);
        }

        foreach (var property in properties.Values.Where(property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public }))
        {
            if (types.Parse(property.Type, out reason) is not { } memberType)
            {
                reason = $"of its member '{property.Name}' of type {property.Type.ToReadable()}: {reason}";
                return null;
            }

            members.Add(new MemberSpec(
                property.Name, JsonName(property), MemberKind.Property, memberType, property.IsRequired, null, DocComment.Of(property).Summary));
        }

        reason = members.GroupBy(member => member.JsonName).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"two members of {type.Name} are called '{twice.Key}' in JSON"
            : "";
        return reason.Length > 0 ? null : new ObjectSpec(name, code, documentation.Summary, type.IsValueType, new(members));
    }

    private static string? WhyNotAnObject(INamedTypeSymbol type)
    {
        if (type.IsAbstract)
        {
            return $"{type.Name} is abstract";
        }

        if (type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) })
        {
            return $"{type.Name} is derived from {type.BaseType.Name}; only records without a base are served";
        }

        return Constructor(type) is null ? $"{type.Name} has several public constructors, so none is the one to call" : null;
    }

    /// <summary>The one public constructor. A struct's implicit one does not count beside another.</summary>
    private static IMethodSymbol? Constructor(INamedTypeSymbol type)
    {
        var constructors = type.InstanceConstructors
            .Where(one => one.DeclaredAccessibility == Accessibility.Public && !IsCopyConstructor(one, type)).ToList();
        if (constructors.Count > 1)
        {
            constructors.RemoveAll(one => one.Parameters.Length == 0 && type.IsValueType);
        }

        return constructors.Count == 1 ? constructors[0] : null;
    }

    private static bool IsCopyConstructor(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static string JsonName(IPropertySymbol property) =>
        property.Find(KnownNames.JsonPropertyNameAttribute)?.FirstString() ?? Names.ToCamelCase(property.Name);
}
