using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>Finds what an operation writes.</summary>
internal static class Writes
{
    /// <summary>
    /// The methods of .NET's collections that change them; those of arrays and spans are static, and take them first.
    /// </summary>
    private static readonly HashSet<string> Changing =
    [
        "Add", "AddAfter", "AddBefore", "AddFirst", "AddLast", "AddRange", "And", "Clear", "Dequeue", "Enqueue",
        "EnqueueDequeue", "EnqueueRange", "ExceptWith", "Fill", "Insert", "InsertRange", "IntersectWith", "Move", "Not",
        "Or", "Pop", "Push", "Remove", "RemoveAll", "RemoveAt", "RemoveFirst", "RemoveLast", "RemoveRange",
        "RemoveWhere", "Reverse", "Set", "SetAll", "SetValue", "Sort", "SymmetricExceptWith", "TryAdd", "TryDequeue",
        "TryPop", "UnionWith", "Xor",
    ];

    private static readonly HashSet<string> CollectionNamespaces =
    [
        "System.Collections", "System.Collections.Generic", "System.Collections.ObjectModel",
        "System.Collections.Specialized",
    ];

    /// <summary>The expressions that an operation writes to, or hands out for writing.</summary>
    public static IEnumerable<IOperation> Of(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => Targets(assignment.Target),
        IIncrementOrDecrementOperation step => [step.Target],
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument
            when !IsOfThreading(argument) => [argument.Value],
        IArgumentOperation { Parameter: { } parameter } argument when IsDestination(parameter) => [argument.Value],
        IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref, Initializer.Value: { } value } => [value],
        IInvocationOperation { TargetMethod: var method } call
            when Changes(method) && (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } collection =>
            [collection],
        _ => [],
    };

    private static IEnumerable<IOperation> Targets(IOperation target) =>
        target is ITupleOperation tuple ? tuple.Elements.SelectMany(Targets) : [target];

    private static bool Changes(IMethodSymbol method) => Changing.Contains(method.Name)
        && (CollectionNamespaces.Contains(method.ContainingNamespace.ToDisplayString())
            || method.ContainingType.ToMetadataName()
                is "System.Array" or "System.Span`1" or "System.MemoryExtensions");

    /// <summary>What the methods of .NET copy and compute into has one of these names.</summary>
    private static bool IsDestination(IParameterSymbol parameter) =>
        (parameter.Name is "destination" or "destinationArray" or "dst"
            || (parameter.Name == "array" && parameter.ContainingSymbol.Name == "CopyTo"))
        && parameter.ContainingNamespace.ToDisplayString().Split('.')[0] == "System";

    /// <summary>Interlocked, Volatile and their like take a reference to write to it safely.</summary>
    private static bool IsOfThreading(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && Locks.IsOfThreading(call.TargetMethod.ContainingType);
}
