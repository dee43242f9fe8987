using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>
/// A file without the bodies of its methods, accessors and top-level statements: what a schema is derived from. An edit
/// of a body leaves it equal to what it was, and then nothing is derived again. It holds no symbol, and nothing of a
/// compilation.
/// </summary>
internal sealed class DeclaredFile : IEquatable<DeclaredFile>
{
    private readonly string _path;
    private readonly string _text;
    private readonly ParseOptions _options;
    private readonly Lazy<SyntaxTree> _tree;

    private DeclaredFile(string path, string text, ParseOptions options)
    {
        (_path, _text, _options) = (path, text, options);
        _tree = new(() => CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)options, path));
    }

    /// <summary>Whether a model class could be in the file, or a name for the attribute that marks one.</summary>
    public bool MentionsModels => _text.Contains("EnvelopeModel");

    /// <summary>The file, parsed when it is asked for first, and kept until a declaration in it changes.</summary>
    public SyntaxTree Tree => _tree.Value;

    public static DeclaredFile Of(SyntaxTree tree, CancellationToken cancellation)
    {
        var (source, declared, end) = (tree.GetText(cancellation), new StringBuilder(), 0);
        foreach (var body in Bodies(tree.GetRoot(cancellation)))
        {
            declared.Append(source.ToString(new(end, body.SpanStart - end))).Append(Empty(body));
            end = body.Span.End;
        }

        return new DeclaredFile(
            tree.FilePath, declared.Append(source.ToString(new(end, source.Length - end))).ToString(), tree.Options);
    }

    public bool Equals(DeclaredFile? other) =>
        other is not null && _path == other._path && _text == other._text && _options.Equals(other._options);

    public override bool Equals(object? obj) => Equals(obj as DeclaredFile);

    public override int GetHashCode() => _text.GetHashCode();

    /// <summary>
    /// The bodies, in order. One with a directive in it stays: the directive may hold for what follows.
    /// </summary>
    private static IEnumerable<SyntaxNode> Bodies(SyntaxNode root) =>
        root.DescendantNodes(node => !IsBody(node)).Where(node => IsBody(node) && !node.ContainsDirectives);

    private static bool IsBody(SyntaxNode node) => node switch
    {
        GlobalStatementSyntax => true,
        BlockSyntax or ArrowExpressionClauseSyntax =>
            node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax,
        _ => false,
    };

    private static string Empty(SyntaxNode body) => body switch
    {
        BlockSyntax => "{ }",
        ArrowExpressionClauseSyntax => "=> default",
        _ => "",
    };
}
