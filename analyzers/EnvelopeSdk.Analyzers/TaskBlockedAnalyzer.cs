using System;
using System.Collections.Immutable;
using EnvelopeSdk.Analyzers.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers;

/// <summary>Reports where a predict method holds a thread until a task has ended (ENV0034).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskBlockedAnalyzer : BodyAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.TaskBlocked];

    private protected override void Analyze(PredictBodies bodies, Action<Diagnostic> report)
    {
        foreach (var reached in bodies.Reach())
        {
            if (Blocking(reached.Operation) is { } member)
            {
                report(reached.Breaks(Descriptors.TaskBlocked, reached.Operation.Syntax, member));
            }
        }
    }

    private static string? Blocking(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: var type }, Instance: var task }
            when IsTask(type) && !EndedTasks.Has(task) => "Result",
        IInvocationOperation
        {
            TargetMethod: { Name: "Wait" or "WaitAll" or "WaitAny", ContainingType: var type } method,
            Instance: var task,
        } when IsTask(type) && !EndedTasks.Has(task) => method.Name,
        IInvocationOperation { TargetMethod: { Name: "GetResult", ContainingType: var type }, Instance: var awaiter }
            when !EndedTasks.Has(awaiter)
                && type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices"
                && type.Name.EndsWith("Awaiter", StringComparison.Ordinal) => "GetResult",
        _ => null,
    };

    private static bool IsTask(ITypeSymbol type) =>
        type.Name is "Task" or "ValueTask" && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
}
