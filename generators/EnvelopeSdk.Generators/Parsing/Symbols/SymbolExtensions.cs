using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Symbols;

internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat CodeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Finds an attribute by the metadata name of its class.</summary>
    public static AttributeData? Find(this ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(one => one.AttributeClass?.IsNamed(attribute) == true);

    /// <summary>
    /// Whether a type has that full name. Most have another last part, which is seen without writing the name: this is
    /// asked of every attribute of a project at every edit.
    /// </summary>
    public static bool IsNamed(this ITypeSymbol type, string name) =>
        name.EndsWith(type.Name, StringComparison.Ordinal) && type.ToDisplayString() == name;

    /// <summary>The first constructor argument, if it is a string.</summary>
    public static string? FirstString(this AttributeData attribute) => attribute.FirstArgument() as string;

    /// <summary>The first constructor argument, if there is one.</summary>
    public static object? FirstArgument(this AttributeData attribute) => attribute.Argument(0);

    /// <summary>
    /// A constructor argument; null when it is not given, as while it is being written, or is an array.
    /// </summary>
    public static object? Argument(this AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index ? attribute.ConstructorArguments[index].Single() : null;

    /// <summary>A named argument; null when it is not given, or is an array.</summary>
    public static object? Named(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Single();

    private static object? Single(this TypedConstant argument) =>
        argument.Kind == TypedConstantKind.Array ? null : argument.Value;

    /// <summary>The type as generated code writes it.</summary>
    public static string ToCode(this ITypeSymbol type) => type.ToDisplayString(CodeFormat);

    /// <summary>
    /// The type as a <c>typeof</c> of generated code takes it: without the marks of what may be null, which it does not
    /// have.
    /// </summary>
    public static string ToTypeOf(this ITypeSymbol type) =>
        type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The type as a person writes it.</summary>
    public static string ToReadable(this ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The method's name: that of an explicit implementation has the interface in front.</summary>
    public static string ToSimpleName(this IMethodSymbol method) =>
        method.Name.Substring(method.Name.LastIndexOf('.') + 1);

    /// <summary>
    /// Whether the type is a record. A compiled record struct does not say so; but only records have an equality
    /// operator that the compiler wrote.
    /// </summary>
    public static bool IsAnyRecord(this INamedTypeSymbol type) =>
        type.IsRecord
        || (type.IsValueType
            && type.GetMembers("op_Equality")
                .Any(one => one.Find(KnownNames.CompilerGeneratedAttribute) is not null));

    /// <summary>Whether the type is in a namespace, or in one below it.</summary>
    public static bool IsInNamespace(this ITypeSymbol type, string root) =>
        type.ContainingNamespace?.ToDisplayString() is { } name
        && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    /// <summary>Whether code in another assembly can name the type.</summary>
    public static bool IsVisibleOutside(this ITypeSymbol type)
    {
        for (INamedTypeSymbol? current = type as INamedTypeSymbol;
            current is not null;
            current = current.ContainingType)
        {
            if (current.DeclaredAccessibility != Accessibility.Public || current.IsFileLocal)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether two types are one when the program runs: the names of a tuple's elements, which a <c>typeof</c> does
    /// not keep, tell none apart.
    /// </summary>
    public static bool IsSameAs(this ITypeSymbol type, ITypeSymbol? other) => (type, other) switch
    {
        (IArrayTypeSymbol one, IArrayTypeSymbol two) =>
            one.Rank == two.Rank && one.ElementType.IsSameAs(two.ElementType),
        (INamedTypeSymbol one, INamedTypeSymbol two) =>
            SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, two.OriginalDefinition)
            && one.TypeArguments.Zip(two.TypeArguments, (left, right) => left.IsSameAs(right)).All(isSame => isSame)
            && (one.ContainingType is null || one.ContainingType.IsSameAs(two.ContainingType)),
        _ => SymbolEqualityComparer.Default.Equals(type, other),
    };

    /// <summary>
    /// Whether <c>Comparer&lt;T&gt;.Default</c> can compare two values of the type. That of a tuple compares its
    /// elements.
    /// </summary>
    public static bool IsComparable(this ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            nullable.TypeArguments[0].IsComparable(),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(element => element.Type.IsComparable()),
        _ => type.AllInterfaces.Append(type as INamedTypeSymbol).Any(one => one is { Name: "IComparable" }
            && one.IsInNamespace("System")
            && (one.Arity == 0 || IsA(type, one.TypeArguments[0]))),
    };

    /// <summary>Whether the type is the other one or derived from it.</summary>
    private static bool IsA(ITypeSymbol? type, ITypeSymbol other)
    {
        while (type is not null && !SymbolEqualityComparer.Default.Equals(type, other))
        {
            type = type.BaseType;
        }

        return type is not null;
    }
}
