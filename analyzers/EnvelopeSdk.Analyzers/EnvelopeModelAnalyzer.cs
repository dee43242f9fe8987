using System.Collections.Generic;
using System.Collections.Immutable;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers;

/// <summary>
/// Reports what in a model class cannot be saved or served (ENV0001 to ENV0014, ENV0017 to ENV0023, ENV0025, ENV0028).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnvelopeModelAnalyzer : WrittenCodeAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.ClassNotPartial,
        Descriptors.ClassNotServable,
        Descriptors.InvalidEnvelopeName,
        Descriptors.NoPredictMethod,
        Descriptors.StateNotStorable,
        Descriptors.NoJsonForm,
        Descriptors.OpenType,
        Descriptors.ByReferenceParameter,
        Descriptors.NothingReturned,
        Descriptors.GenericMethod,
        Descriptors.MethodNotPublic,
        Descriptors.StaticMethod,
        Descriptors.DuplicateQuery,
        Descriptors.InvalidQueryName,
        Descriptors.UnnamedElement,
        Descriptors.EndlessValue,
        Descriptors.UnreadableConverter,
        Descriptors.UnsaidConstraint,
        Descriptors.DisputedMember,
        Descriptors.ProcessValue,
        Descriptors.UnservedKey,
        Descriptors.RecorderTaken,
        Descriptors.LanguageTooOld,
    ];

    private readonly ImmutableDictionary<string, DiagnosticDescriptor> _byId;

    /// <summary>Makes the analyzer.</summary>
    public EnvelopeModelAnalyzer() => _byId = SupportedDiagnostics.ToImmutableDictionary(descriptor => descriptor.Id);

    private protected override void Register(AnalysisContext context) =>
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.Find(KnownNames.EnvelopeModelAttribute) is null)
        {
            return;
        }

        var refusals = new List<Refusal>();
        ModelParser.ParseSource(type, refusals, context.CancellationToken);
        foreach (var refusal in refusals)
        {
            context.ReportDiagnostic(Diagnostic.Create(_byId[refusal.RuleId], refusal.Location, refusal.Arguments));
        }
    }
}
