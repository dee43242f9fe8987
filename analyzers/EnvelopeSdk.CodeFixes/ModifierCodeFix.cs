using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Makes a model class partial (ENV0001), or a predict method public (ENV0011) or an instance method (ENV0012).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ModifierCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [RuleIds.ClassNotPartial, RuleIds.MethodNotPublic, RuleIds.StaticMethod];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member)
            {
                var title = Title(diagnostic.Id);
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => FixAsync(context.Document, member, diagnostic.Id, cancellation), equivalenceKey: title),
                    diagnostic);
            }
        }
    }

    private static string Title(string ruleId) => ruleId switch
    {
        RuleIds.ClassNotPartial => "Make the class partial",
        RuleIds.MethodNotPublic => "Make the method public",
        _ => "Make the method an instance method",
    };

    private static async Task<Document> FixAsync(Document document, MemberDeclarationSyntax member, string ruleId, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var modifiers = editor.Generator.GetModifiers(member);
        switch (ruleId)
        {
            case RuleIds.ClassNotPartial:
                editor.SetModifiers(member, modifiers.WithPartial(true));
                break;
            case RuleIds.MethodNotPublic:
                editor.SetAccessibility(member, Accessibility.Public);
                break;
            default:
                editor.SetModifiers(member, modifiers.WithIsStatic(false));
                break;
        }

        return editor.GetChangedDocument();
    }
}
