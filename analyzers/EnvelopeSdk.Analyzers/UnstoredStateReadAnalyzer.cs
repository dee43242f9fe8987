using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using EnvelopeSdk.Analyzers.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers;

/// <summary>
/// Reports what a predict method reads that was set behind the constructor's back, and so is lost when the model is
/// saved (ENV0035).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnstoredStateReadAnalyzer : BodyAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.UnstoredStateRead];

    private protected override void Analyze(PredictBodies bodies, Action<Diagnostic> report)
    {
        var written = bodies.Beside().SelectMany(Writes.Of).Select(target => SharedState.Of(target, bodies.Model));
        var trained = new HashSet<ISymbol>(written.OfType<ISymbol>(), SymbolEqualityComparer.Default);
        var reported = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var reached in bodies.Reach().OrderBy(one => one.Operation.Syntax.SpanStart))
        {
            if (SharedState.Member(reached.Operation, bodies.Model)
                    is { IsStatic: false } member and not IParameterSymbol
                && !IsWritten(reached.Operation)
                && (trained.Contains(member) || CanBeSetOutside(member))
                && reported.Add(member))
            {
                report(reached.Breaks(Descriptors.UnstoredStateRead, reached.Operation.Syntax, member.Name));
            }
        }
    }

    /// <summary>What only gets a value here is not read.</summary>
    private static bool IsWritten(IOperation operation) =>
        (operation.Parent is IAssignmentOperation assignment && assignment.Target == operation)
        || operation.Parent is IIncrementOrDecrementOperation;

    private static bool CanBeSetOutside(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { } setter } => IsVisible(setter),
        IFieldSymbol { IsReadOnly: false } field => IsVisible(field),
        _ => false,
    };

    private static bool IsVisible(ISymbol member) => member.DeclaredAccessibility
        is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
}
