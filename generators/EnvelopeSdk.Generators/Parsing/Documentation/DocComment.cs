using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Documentation;

/// <summary>
/// The XML documentation of a symbol, as plain text; where it says nothing, that of what the symbol overrides or
/// inherits it from.
/// </summary>
internal sealed class DocComment
{
    private static readonly Regex WhiteSpace = new(@"\s+", RegexOptions.CultureInvariant);

    private readonly ISymbol _symbol;
    private readonly IReadOnlyList<(ISymbol Symbol, XElement Root)> _comments;

    private DocComment(ISymbol symbol) => (_symbol, _comments) = (symbol, InheritedComments.Of(symbol).ToList());

    /// <summary>What it says of the symbol itself; null when nothing.</summary>
    public DocumentationSpec? Symbol =>
        OrAttribute(Of(First("summary") ?? First("value"), First("remarks"), First("unit"), First("example")), _symbol);

    /// <summary>What it says of the return value; null when nothing.</summary>
    public DocumentationSpec? Returns => Of(First("returns"));

    public static DocComment Of(ISymbol symbol) => new(symbol);

    /// <summary>
    /// What it says of a parameter of a method, or of a record's or class's primary constructor; null when nothing.
    /// </summary>
    public DocumentationSpec? Parameter(IParameterSymbol parameter) => OrAttribute(
        Of(_comments
            .Select(comment => comment.Root.Elements("param")
                .FirstOrDefault(element => (string?)element.Attribute("name") == NameIn(comment.Symbol, parameter)))
            .FirstOrDefault(Says)),
        parameter);

    /// <summary>An override may call its parameters otherwise than what it overrides.</summary>
    private static string NameIn(ISymbol symbol, IParameterSymbol parameter) =>
        symbol is IMethodSymbol method && parameter.Ordinal < method.Parameters.Length
            ? method.Parameters[parameter.Ordinal].Name
            : parameter.Name;

    private XElement? First(string name) =>
        _comments.Select(comment => comment.Root.Element(name)).FirstOrDefault(Says);

    private static bool Says(XElement? element) => element?.Nodes().Any() == true;

    private static DocumentationSpec? Of(
        XElement? main, XElement? remarks = null, XElement? unit = null, XElement? example = null)
    {
        var documentation = new DocumentationSpec(
            Text(main), Text(remarks), Text(unit ?? main?.Element("unit")), Value(example ?? main?.Element("example")));
        return documentation == DocumentationSpec.None ? null : documentation;
    }

    private static DocumentationSpec? OrAttribute(DocumentationSpec? documentation, ISymbol symbol) =>
        documentation?.Summary is null && symbol.Find(KnownNames.DescriptionAttribute)?.FirstString() is { } text
            ? (documentation ?? DocumentationSpec.None) with { Summary = text }
            : documentation;

    private static string? Value(XElement? example) => example?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var spoken = element.DescendantNodes()
            .Where(node => !node.Ancestors().TakeWhile(one => one != element).Any(IsApart));
        var text = string.Concat(spoken.Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { IsEmpty: true } reference => Target(reference),
            _ => "",
        }));
        text = WhiteSpace.Replace(text, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>An example is no part of the text, and a unit only where a sentence goes on behind it.</summary>
    private static bool IsApart(XElement element) => element.Name.LocalName switch
    {
        "example" => true,
        "unit" => element.NodesAfterSelf().All(node => node is XElement after
            ? IsApart(after)
            : node is XText text && string.IsNullOrWhiteSpace(text.Value)),
        _ => false,
    };

    /// <summary>What a reference such as <c>see</c> or <c>paramref</c> names: its last part.</summary>
    private static string Target(XElement reference)
    {
        var target = (string?)reference.Attribute("cref")
            ?? (string?)reference.Attribute("langword")
            ?? (string?)reference.Attribute("name")
            ?? "";
        var name = target.Split('(', '`')[0].Replace(".#ctor", ""); // a constructor is called as its type is
        return name.Substring(name.LastIndexOfAny([':', '.']) + 1);
    }
}
