using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Architecture.Tests.Harness;

/// <summary>Looks into the text of sources.</summary>
internal static class SourceCode
{
    /// <summary>The namespaces in which a C# source declares types; empty text for types outside any.</summary>
    public static IReadOnlyList<string> NamespacesOf(string source) =>
    [
        .. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Select(type => string.Join('.', type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse()
                .Select(space => space.Name.ToString())))
            .Distinct(),
    ];

    /// <summary>The lines of a C# source, with nothing where comments stand.</summary>
    public static string[] LinesWithoutComments(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source).GetRoot();
        var kept = source.ToCharArray();
        foreach (var comment in root.DescendantTrivia().Where(IsComment))
        {
            Blank(kept, comment.FullSpan.Start, comment.FullSpan.End);
        }

        return new string(kept).Split('\n');
    }

    /// <summary>The lines of an MSBuild file that have elements, attributes or values, each with its number.</summary>
    public static IEnumerable<(int Line, string Text)> ValuesOf(string xml)
    {
        var root = XDocument.Parse(xml, LoadOptions.SetLineInfo).Root!;
        foreach (var element in root.DescendantsAndSelf())
        {
            var line = ((IXmlLineInfo)element).LineNumber;
            yield return (line, element.Name.LocalName);
            foreach (var value in element.Attributes().Select(attribute => attribute.Value)
                .Concat(element.Nodes().OfType<XText>().Select(text => text.Value)))
            {
                yield return (line, value);
            }
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia
        or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
        or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static void Blank(char[] text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text[i] = text[i] is '\n' ? '\n' : ' ';
        }
    }
}
