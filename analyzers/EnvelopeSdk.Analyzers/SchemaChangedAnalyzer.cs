using System.Collections.Immutable;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers;

/// <summary>In a service project, compares the schema frozen in the envelope with the one its model's code gives (ENV0016).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SchemaChangedAnalyzer : WrittenCodeAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.SchemaChanged];

    private protected override void Register(AnalysisContext context) => context.RegisterCompilationAction(Analyze);

    private static void Analyze(CompilationAnalysisContext context)
    {
        var options = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        if (!options.TryGetValue(KnownNames.FingerprintProperty, out var frozen) || frozen.Length == 0)
        {
            return;
        }

        if (ServiceModel.Of(options).Find([.. context.Compilation.References]) is not { } model)
        {
            return; // without the class the service does not compile, which says more
        }

        var derived = SchemaText.Fingerprint(ModelParser.ParseMetadata(model, context.CancellationToken));
        if (derived != frozen)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.SchemaChanged, Location.None, model.Name, derived, frozen));
        }
    }
}
