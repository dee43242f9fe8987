using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Where a diagnostic is.</summary>
/// <param name="Diagnostic">The diagnostic.</param>
/// <param name="Document">The file that it is in.</param>
/// <param name="Model">What the file means.</param>
/// <param name="Node">The innermost piece of syntax that it marks.</param>
internal sealed record FixPlace(Diagnostic Diagnostic, Document Document, SemanticModel Model, SyntaxNode Node)
{
    public static async Task<FixPlace> OfAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var document = solution.GetDocument(diagnostic.Location.SourceTree)!;
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var node = root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return new FixPlace(diagnostic, document, model!, node);
    }

    /// <summary>The class, method or other member that it is in.</summary>
    public MemberDeclarationSyntax? Member => Node.FirstAncestorOrSelf<MemberDeclarationSyntax>();

    /// <summary>What that member declares.</summary>
    public ISymbol? Symbol => Member is { } member ? Model.GetDeclaredSymbol(member) : null;
}
