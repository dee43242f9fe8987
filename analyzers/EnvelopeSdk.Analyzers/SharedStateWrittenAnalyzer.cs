using System;
using System.Collections.Immutable;
using EnvelopeSdk.Analyzers.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers;

/// <summary>
/// Reports what a predict method writes although other calls read and write it at the same time (ENV0030).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedStateWrittenAnalyzer : BodyAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.SharedStateWritten];

    private protected override void Analyze(PredictBodies bodies, Action<Diagnostic> report)
    {
        foreach (var reached in bodies.ReachConcurrently())
        {
            foreach (var target in Writes.Of(reached.Operation))
            {
                if (SharedState.Of(target, bodies.Model) is { } member && !IsOfSingleThread(member))
                {
                    var place = reached.Operation is IInvocationOperation call ? call.Syntax : target.Syntax;
                    report(reached.Breaks(Descriptors.SharedStateWritten, place, member.Name));
                }
            }
        }
    }

    /// <summary>Any use of such a member is reported by ENV0031.</summary>
    private static bool IsOfSingleThread(ISymbol member)
    {
        var type = member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => ((IParameterSymbol)member).Type,
        };
        return SingleThreadTypes.CureOf(type, member.ContainingAssembly) is not null;
    }
}
