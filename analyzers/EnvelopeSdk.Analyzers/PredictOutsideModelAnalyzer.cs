using System.Collections.Immutable;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers;

/// <summary>Reports predict methods whose class is no model class (ENV0015).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PredictOutsideModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.PredictOutsideModel];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = context.Symbol.ContainingType;
        if (context.Symbol.Find(KnownNames.PredictAttribute) is not null && type.Find(KnownNames.EnvelopeModelAttribute) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.PredictOutsideModel, context.Symbol.Locations[0], context.Symbol.Name, type.Name));
        }
    }
}
