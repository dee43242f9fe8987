using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Makes a model class partial (ENV0001), or a predict method public (ENV0011) or an instance method (ENV0012).
/// </summary>
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
        _ when place.Symbol is not IMethodSymbol method || Signatures.IsShared(method) => null,
        RuleIds.MethodNotPublic => "Make the method public",
        _ => "Make the method an instance method",
    };

    /// <summary>
    /// Who calls a static method has no model to call it on, unless it is a method of the model itself.
    /// </summary>
    private protected override Task<bool> BreaksAsync(FixPlace place, CancellationToken cancellation) =>
        place.Diagnostic.Id == RuleIds.StaticMethod
            ? Signatures.HasUseAsync(
                place,
                (name, model) => !Signatures.IsOnlyNamed(name)
                    && !HasModel(name, model, place.Symbol!.ContainingType),
                cancellation)
            : Task.FromResult(false);

    private protected override async Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
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

    /// <summary>
    /// Whether a simple name stands in an instance method of the class, and in nothing static in that.
    /// </summary>
    private static bool HasModel(SyntaxNode name, SemanticModel model, INamedTypeSymbol type)
    {
        var user = model.GetEnclosingSymbol(name.SpanStart);
        while (user is IMethodSymbol
            {
                MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction,
                IsStatic: false,
            })
        {
            user = user.ContainingSymbol;
        }

        return name.Parent is not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax)
            && user is IMethodSymbol { IsStatic: false }
            && SymbolEqualityComparer.Default.Equals(user.ContainingType, type);
    }
}
