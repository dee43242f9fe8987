using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace EnvelopeSdk.CodeFixes;

/// <summary>Has files use namespaces.</summary>
internal static class Imports
{
    /// <summary>
    /// Adds a namespace of .NET to those that a file uses: in front of the others, behind those of .NET before it.
    /// </summary>
    public static void Add(DocumentEditor document, string name) => document.ReplaceNode(
        document.OriginalRoot, (current, _) => With((CompilationUnitSyntax)current, name));

    private static CompilationUnitSyntax With(CompilationUnitSyntax file, string name)
    {
        var end = file.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var line = end == default ? SyntaxFactory.LineFeed : end;
        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(line);
        if (file.Usings.Count == 0)
        {
            return file.WithUsings([added.WithTrailingTrivia(line, line)]);
        }

        // What stands above the first one, such as a licence, stays there.
        var place = file.Usings.LastIndexOf(one => IsBefore(one, name)) + 1;
        return place > 0
            ? file.WithUsings(file.Usings.Insert(place, added))
            : file.WithUsings(file.Usings
                .Replace(file.Usings[0], file.Usings[0].WithLeadingTrivia())
                .Insert(0, added.WithLeadingTrivia(file.Usings[0].GetLeadingTrivia())));
    }

    private static bool IsBefore(UsingDirectiveSyntax one, string name) =>
        one is { Alias: null, StaticKeyword.RawKind: 0 }
        && one.Name?.ToString() is { } other
        && other.Split('.')[0] == name.Split('.')[0]
        && string.CompareOrdinal(other, name) < 0;
}
