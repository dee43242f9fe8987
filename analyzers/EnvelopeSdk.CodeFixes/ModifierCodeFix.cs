using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Makes a model class partial (ENV0001), or a predict method public (ENV0011) or an instance method (ENV0012).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ModifierCodeFix : ModelCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [RuleIds.ClassNotPartial, RuleIds.MethodNotPublic, RuleIds.StaticMethod];

    private protected override string? Title(FixPlace place) => place.Diagnostic.Id switch
    {
        _ when place.Member is null => null,
        RuleIds.ClassNotPartial => "Make the class partial",
        RuleIds.MethodNotPublic => "Make the method public",
        _ => "Make the method an instance method",
    };

    private protected override async Task EditAsync(SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
    {
        var document = await editor.GetDocumentEditorAsync(place.Document.Id, cancellation).ConfigureAwait(false);
        var modifiers = document.Generator.GetModifiers(place.Member!);
        switch (place.Diagnostic.Id)
        {
            case RuleIds.ClassNotPartial:
                document.SetModifiers(place.Member!, modifiers.WithPartial(true));
                break;
            case RuleIds.MethodNotPublic:
                document.SetAccessibility(place.Member!, Accessibility.Public);
                break;
            default:
                document.SetModifiers(place.Member!, modifiers.WithIsStatic(false));
                break;
        }
    }
}
