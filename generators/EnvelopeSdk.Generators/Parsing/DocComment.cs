using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>The XML documentation of a symbol, as plain text.</summary>
internal sealed class DocComment
{
    private static readonly Regex WhiteSpace = new(@"\s+", RegexOptions.CultureInvariant);

    private readonly XElement? _root;

    private DocComment(XElement? root) => _root = root;

    public string? Summary => Text(_root?.Element("summary"));

    public string? Returns => Text(_root?.Element("returns"));

    public static DocComment Of(ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrEmpty(xml))
        {
            return new DocComment(null);
        }

        try
        {
            return new DocComment(XElement.Parse(xml));
        }
        catch (XmlException)
        {
            return new DocComment(null); // the compiler warns of it (CS1570)
        }
    }

    public string? Parameter(string name) =>
        Text(_root?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.DescendantNodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { IsEmpty: true } reference => Target(reference),
            _ => "",
        }));
        text = WhiteSpace.Replace(text, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>What a reference such as <c>see</c> or <c>paramref</c> names: its last part.</summary>
    private static string Target(XElement reference)
    {
        var target = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? "";
        var withoutParameters = target.Split('(')[0];
        return withoutParameters.Substring(withoutParameters.LastIndexOfAny([':', '.']) + 1);
    }
}
