using System;
using System.Collections.Immutable;
using EnvelopeSdk.Analyzers.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers;

/// <summary>
/// Reports what a predict method reads that the envelope does not hold (ENV0032), or that is another each time
/// (ENV0033).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OutsideReadAnalyzer : BodyAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.OutsideRead, Descriptors.ChangingRead];

    private protected override void Analyze(PredictBodies bodies, Action<Diagnostic> report)
    {
        foreach (var reached in bodies.Reach())
        {
            if (OutsideReads.Of(reached.Operation) is var (kind, member))
            {
                report(reached.Breaks(kind.Rule, reached.Operation.Syntax, member, kind.Name, kind.Cure));
            }
        }
    }
}
