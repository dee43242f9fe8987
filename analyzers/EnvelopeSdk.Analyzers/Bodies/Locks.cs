using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>Finds code that one call at a time runs, because it holds a lock.</summary>
internal static class Locks
{
    /// <summary>Whether an operation is the whole of what a lock is held for.</summary>
    public static bool IsHeldIn(IOperation operation) => operation.Parent switch
    {
        ILockOperation held => held.Body == operation,
        IUsingOperation scope => scope.Body == operation && Enters(scope.Resources),
        ITryOperation { Finally: { } end } attempt =>
            attempt.Body == operation && end.Descendants().OfType<IInvocationOperation>().Any(IsRelease),
        IBlockOperation block => block.Operations.TakeWhile(one => one != operation)
            .OfType<IUsingDeclarationOperation>().Any(one => Enters(one.DeclarationGroup)),
        _ => false,
    };

    /// <summary>Whether a type belongs to the primitives that are made for several threads.</summary>
    public static bool IsOfThreading(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() == "System.Threading";

    private static bool Enters(IOperation resources) => resources.DescendantsAndSelf().OfType<IInvocationOperation>()
        .Any(call => call.TargetMethod.Name == "EnterScope" && IsOfThreading(call.TargetMethod.ContainingType));

    private static bool IsRelease(IInvocationOperation call) =>
        call.TargetMethod.Name is "Exit" or "ExitWriteLock" or "Release" or "ReleaseMutex"
        && IsOfThreading(call.TargetMethod.ContainingType);
}
