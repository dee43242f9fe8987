using System.Collections.Immutable;
using System.Linq;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers;

/// <summary>Reports model classes with the envelope name of another one (ENV0026).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateEnvelopeAnalyzer : WrittenCodeAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.DuplicateEnvelope];

    private protected override void Register(AnalysisContext context) =>
        context.RegisterCompilationStartAction(static project =>
        {
            var classes = new ProjectClasses(project.Compilation.Assembly);
            project.RegisterSymbolAction(symbol => Analyze(symbol, classes), SymbolKind.NamedType);
        });

    /// <summary>Of two, the one whose full name is the later one is reported.</summary>
    private static void Analyze(SymbolAnalysisContext context, ProjectClasses classes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (NameOf(type) is { } name
            && classes.Models.FirstOrDefault(one => NameOf(one) == name && IsBefore(one, type)) is { } other)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.DuplicateEnvelope, type.Locations[0], [other.Locations[0]],
                type.ToDisplayString(), name, other.ToDisplayString()));
        }
    }

    private static string? NameOf(INamedTypeSymbol type) =>
        type.Find(KnownNames.EnvelopeModelAttribute)?.FirstString();

    private static bool IsBefore(INamedTypeSymbol type, INamedTypeSymbol other) =>
        string.CompareOrdinal(type.ToDisplayString(), other.ToDisplayString()) < 0;
}
