using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>From a body to the members that it runs.</summary>
internal static class CallGraph
{
    /// <summary>Operations and all that is in them.</summary>
    /// <param name="roots">Where it begins.</param>
    /// <param name="isLeftOut">Whether an operation is left out with all that is in it.</param>
    public static IEnumerable<IOperation> Walk(IEnumerable<IOperation> roots, Func<IOperation, bool> isLeftOut)
    {
        var waiting = new Stack<IOperation>(roots);
        while (waiting.Count > 0)
        {
            var operation = waiting.Pop();
            if (isLeftOut(operation))
            {
                continue;
            }

            yield return operation;
            foreach (var child in operation.ChildOperations)
            {
                waiting.Push(child);
            }
        }
    }

    /// <summary>The members that an operation runs, or whose lambdas it may run.</summary>
    public static IEnumerable<ISymbol> UsedBy(IOperation operation) => operation switch
    {
        IInvocationOperation call => [call.TargetMethod],
        IMethodReferenceOperation reference => [reference.Method],
        IFieldReferenceOperation reference => [reference.Field],
        IPropertyReferenceOperation reference => [reference.Property, .. Accessors(reference)],
        _ => [],
    };

    private static IEnumerable<IMethodSymbol> Accessors(IPropertyReferenceOperation reference)
    {
        var isTarget = reference.Parent is IAssignmentOperation assignment
            ? assignment.Target == reference
            : reference.Parent is IIncrementOrDecrementOperation;
        if (reference.Property.SetMethod is { } setter && (isTarget || reference.Parent is ITupleOperation))
        {
            yield return setter;
        }

        if (reference.Property.GetMethod is { } getter && !(isTarget && reference.Parent is ISimpleAssignmentOperation))
        {
            yield return getter;
        }
    }
}
