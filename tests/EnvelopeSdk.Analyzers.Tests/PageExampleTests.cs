using System.Text.RegularExpressions;
using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>What the pages show is true.</summary>
public partial class PageExampleTests
{
    /// <summary>All rules.</summary>
    public static TheoryData<string> Rules =>
        [.. TestSource.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_example_of_a_page_breaks_the_rule_and_its_cure_keeps_all_rules(string id)
    {
        var code = CodeBlock().Matches(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", id + ".md"))).Select(block => block.Groups[1].Value).ToList();
        Assert.Equal(2, code.Count);

        var version = id == RuleIds.LanguageTooOld ? LanguageVersion.CSharp11 : LanguageVersion.CSharp14;
        var wrong = await TestSource.AnalyzeAsync(Complete(id, code[0], version).Compile());
        Assert.All(wrong, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.NotEmpty(wrong);

        var right = Complete(id, code[1]).Compile();
        Assert.Empty(await TestSource.AnalyzeAsync(right));
        Assert.DoesNotContain(TestSource.Generate(right).GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>An example that shows members only is one of a model class.</summary>
    private static TestSource Complete(string id, string code, LanguageVersion version = LanguageVersion.CSharp14) => new(
        id == RuleIds.PredictOutsideModel || code.Contains("[EnvelopeModel", StringComparison.Ordinal)
            ? code
            : $"[EnvelopeModel(\"page\")] public sealed partial class Page\n{{\n{code}\n}}")
    {
        Version = version,
    };

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
