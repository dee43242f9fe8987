using System;
using System.Collections.Immutable;
using System.Linq;
using EnvelopeSdk.Analyzers.Inputs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers;

/// <summary>Reports types of parameters that are accepted empty, and are zeros then (ENV0027).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NothingRequiredAnalyzer : WrittenCodeAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NothingRequired];

    /// <summary>
    /// An editor shows what is reported in the file that it asks about, so each is reported at its class.
    /// </summary>
    private protected override void Register(AnalysisContext context) =>
        context.RegisterCompilationStartAction(static project =>
        {
            var classes = new ProjectClasses(project.Compilation.Assembly);
            var inputs = new Lazy<ILookup<ISymbol, SilentInput>>(() => InputsOf(classes));
            project.RegisterSymbolAction(symbol => Analyze(symbol, inputs.Value), SymbolKind.NamedType);
        });

    private static void Analyze(SymbolAnalysisContext context, ILookup<ISymbol, SilentInput> inputs)
    {
        // Several models may take one type, or several types made of one generic one; what is to be mended is the same.
        foreach (var place in inputs[context.Symbol].Select(input => input.ToDiagnostic()).GroupBy(one => one.Location))
        {
            context.ReportDiagnostic(place.First());
        }
    }

    private static ILookup<ISymbol, SilentInput> InputsOf(ProjectClasses classes) => classes.Models
        .SelectMany(model => InputObjects.Of(model).Select(input => SilentInput.Find(input, model)))
        .OfType<SilentInput>()
        .ToLookup<SilentInput, ISymbol>(input => input.Class, SymbolEqualityComparer.Default);
}
