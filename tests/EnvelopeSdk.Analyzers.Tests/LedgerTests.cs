using System.Reflection;
using System.Text.RegularExpressions;
using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Build;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>Ids, descriptors, pages and release notes that must agree.</summary>
public partial class LedgerTests
{
    private static readonly string[] ModelIds = Constants(typeof(RuleIds));

    private static readonly string[] BuildIds = Constants(typeof(BuildErrors));

    public static TheoryData<string> Rules => [.. ModelIds];

    public static TheoryData<string> Pages => [.. ModelIds.Concat(BuildIds)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_one_descriptor_with_a_help_link_and_an_entry_in_the_release_notes(string id)
    {
        var descriptor = Assert.Single(Descriptors(), one => one.Id == id);
        Assert.Matches($@"^https://github\.com/EnvelopeSdk/EnvelopeSdk/blob/v\d+\.\d+\.\d+[^/]*/analyzers/docs/{id}\.md$", descriptor.HelpLinkUri);

        var notes = ReadLines("AnalyzerReleases.Unshipped.md").Concat(ReadLines("AnalyzerReleases.Shipped.md"));
        Assert.Single(notes, $"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title.ToString(null)}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_reported_by_one_analyzer(string id) => Assert.Single(
        TestSource.Analyzers, analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id));

    [Theory]
    [MemberData(nameof(Pages))]
    public void An_id_has_a_page_that_explains_it(string id)
    {
        var page = ReadLines(Path.Combine("docs", id + ".md"));
        Assert.StartsWith($"# {id}: ", page[0], StringComparison.Ordinal);
        if (ModelIds.Contains(id))
        {
            Assert.Equal($"# {id}: {Descriptors().Single(one => one.Id == id).Title.ToString(null)}", page[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_listed_with_its_title(string id)
    {
        var title = ReadLines(Path.Combine("docs", id + ".md"))[0]["# : ".Length..][id.Length..];
        Assert.Single(ReadLines(Path.Combine("docs", "README.md")), $"| [{id}]({id}.md) | {title} |");
    }

    [Fact]
    public void A_page_belongs_to_an_id() => Assert.Equal(
        ModelIds.Concat(BuildIds).Append("README").Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "docs")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void An_id_has_the_form_of_its_kind_and_is_given_once()
    {
        Assert.All(ModelIds, id => Assert.Matches(ModelForm(), id));
        Assert.All(BuildIds, id => Assert.Matches(BuildForm(), id));
        Assert.Equal(ModelIds.Length + BuildIds.Length, ModelIds.Concat(BuildIds).Distinct().Count());
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors() =>
        typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>();

    private static string[] Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    private static string[] ReadLines(string path) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, path));

    [GeneratedRegex("^ENV[0-9]{4}$")]
    private static partial Regex ModelForm();

    [GeneratedRegex("^ENVB[0-9]{3}$")]
    private static partial Regex BuildForm();
}
