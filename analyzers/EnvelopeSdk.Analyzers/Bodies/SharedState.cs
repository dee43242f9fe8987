using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>Says of an expression whether all calls of a model share what it stands for.</summary>
internal static class SharedState
{
    /// <summary>
    /// The field, property or parameter of the constructor that an expression is or is a part of; null for what a call
    /// has for itself.
    /// </summary>
    public static ISymbol? Of(IOperation? expression, INamedTypeSymbol model) =>
        Member(expression, model) ?? expression switch
        {
            IMemberReferenceOperation { Member.IsStatic: false } part when IsPart(part) => Of(part.Instance, model),
            IArrayElementReferenceOperation item => Of(item.ArrayReference, model),
            IImplicitIndexerReferenceOperation item => Of(item.Instance, model),
            IInlineArrayAccessOperation item => Of(item.Instance, model),
            IConversionOperation conversion => Of(conversion.Operand, model),
            IInvocationOperation
            {
                TargetMethod: { Name: "AsSpan", ContainingType.Name: "MemoryExtensions" },
                Arguments: { Length: > 0 } arguments,
            } => Of(arguments[0].Value, model),
            IConditionalAccessInstanceOperation receiver => Of(Receiver(receiver), model),
            _ => null,
        };

    /// <summary>
    /// The field, property or parameter of the constructor that an expression is; null when it is none that calls
    /// share.
    /// </summary>
    public static ISymbol? Member(IOperation? expression, INamedTypeSymbol model) => expression switch
    {
        IFieldReferenceOperation { Field: var field } reference when IsShared(reference, model) && !IsOfThread(field) =>
            field.AssociatedSymbol ?? field,
        IPropertyReferenceOperation { Property: var property } reference
            when IsShared(reference, model) && IsStored(property) => property,
        IParameterReferenceOperation
        {
            Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter,
        } => parameter,
        _ => null,
    };

    /// <summary>Whether a member is one of the model object, or a static one that the project declares.</summary>
    private static bool IsShared(IMemberReferenceOperation reference, INamedTypeSymbol model) =>
        reference.Member.IsStatic
            ? reference.Member.DeclaringSyntaxReferences.Length > 0 || reference.Member.IsImplicitlyDeclared
            : reference.Instance
                is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self
                && SymbolEqualityComparer.Default.Equals(self.Type, model);

    private static bool IsOfThread(IFieldSymbol field) =>
        field.GetAttributes().Any(one => one.AttributeClass?.Name == "ThreadStaticAttribute");

    /// <summary>
    /// Whether a property is stored in a field that the compiler makes, and set without code that would be seen itself.
    /// </summary>
    private static bool IsStored(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
        && property.SetMethod?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
            is null or AccessorDeclarationSyntax { Body: null, ExpressionBody: null };

    /// <summary>
    /// What a type that is made for several threads gives is not looked into, nor what ENV0031 reports as a whole.
    /// </summary>
    private static bool IsPart(IMemberReferenceOperation part) => part.Instance?.Type is INamedTypeSymbol type
        && !Locks.IsOfThreading(type)
        && type.ContainingNamespace.ToDisplayString() != "System.Collections.Concurrent"
        && SingleThreadTypes.CureOf(type, part.Member.ContainingAssembly) is null;

    /// <summary>What <c>?.</c> looks into.</summary>
    public static IOperation? Receiver(IConditionalAccessInstanceOperation receiver)
    {
        for (IOperation inner = receiver; inner.Parent is { } outer; inner = outer)
        {
            if (outer is IConditionalAccessOperation access && access.WhenNotNull == inner)
            {
                return access.Operation;
            }
        }

        return null;
    }
}
