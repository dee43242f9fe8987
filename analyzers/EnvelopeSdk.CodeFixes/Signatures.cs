using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Says who else depends on how a method is declared.</summary>
internal static class Signatures
{
    /// <summary>
    /// Whether another declaration has to be the same: one that it overrides, that may override it, that it implements,
    /// or its other part.
    /// </summary>
    public static bool IsShared(IMethodSymbol method) =>
        method.IsOverride || method.IsVirtual || method.IsAbstract
        || method.IsPartialDefinition || method.PartialDefinitionPart is not null
        || method.ContainingType.AllInterfaces.SelectMany(one => one.GetMembers())
            .Any(one => SymbolEqualityComparer.Default.Equals(
                method.ContainingType.FindImplementationForInterfaceMember(one), method));

    /// <summary>
    /// Whether the code of a solution uses the method so that the use would no longer compile. Only files that have its
    /// name in them are looked into, and none that is generated: those are written anew.
    /// </summary>
    /// <param name="place">Where the method is.</param>
    /// <param name="breaks">
    /// Whether a use would not; it is given the name of the method in it, and what the file means.
    /// </param>
    /// <param name="cancellation">Stops the looking.</param>
    public static async Task<bool> HasUseAsync(
        FixPlace place, Func<SyntaxNode, SemanticModel, bool> breaks, CancellationToken cancellation)
    {
        var uses = await SymbolFinder
            .FindReferencesAsync(place.Symbol!, place.Document.Project.Solution, cancellation).ConfigureAwait(false);
        foreach (var use in uses.SelectMany(found => found.Locations)
            .Where(use => use.Document is not SourceGeneratedDocument))
        {
            var root = await use.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var model = await use.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            var name = root!.FindNode(use.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
            if (breaks(name, model!))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The call of which a method's name is; null where it is none.</summary>
    public static InvocationExpressionSyntax? CallOf(SyntaxNode name) =>
        Whole(name) is var whole && whole.Parent is InvocationExpressionSyntax call && call.Expression == whole
            ? call
            : null;

    /// <summary>Whether the method is not called, but named by <c>nameof</c> or in a comment.</summary>
    public static bool IsOnlyNamed(SyntaxNode name) => name.IsPartOfStructuredTrivia()
        || name.Ancestors().OfType<InvocationExpressionSyntax>()
            .Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });

    private static SyntaxNode Whole(SyntaxNode name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Name == name => member,
        MemberBindingExpressionSyntax member => member,
        _ => name,
    };
}
