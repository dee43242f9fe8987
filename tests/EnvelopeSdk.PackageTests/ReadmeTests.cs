using System.Text.RegularExpressions;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed partial class ReadmeTests(Products products)
{
    [Fact]
    public async Task The_code_of_the_readme_compiles_in_a_project_of_the_template()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(products.Workspace.Repository!, "README.md"));
        var code = CodeBlock().Matches(readme).Select(match => match.Groups[1].Value).ToList();
        var project = await products.NewAsync("envelope-model", "Readme");
        await File.WriteAllTextAsync(Path.Combine(project, "DiamondPrice.cs"), code[0]);
        await File.WriteAllTextAsync(Path.Combine(project, "Patient.cs"), code[1]);
        await File.WriteAllTextAsync(
            Path.Combine(project, "Program.cs"),
            $"using Diamonds;\nusing EnvelopeSdk;\nusing Microsoft.ML;\nusing Microsoft.ML.Data;\nITransformer pipeline = null!;\nRegressionMetrics metrics = null!;\n{code[2]}");

        var output = await products.RunAsync(project, "dotnet", "build");

        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
