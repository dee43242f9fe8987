using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using EnvelopeSdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The clients that NSwag makes of the documents.</summary>
public sealed partial class NSwagTests
{
    public static TheoryData<string> Documents => [.. ClientDocuments.Names];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task CSharp_has_a_client_that_compiles(string name)
    {
        foreach (var library in new[] { CSharpJsonLibrary.NewtonsoftJson, CSharpJsonLibrary.SystemTextJson })
        {
            var client = await ClientAsync(name, library);
            MetadataReference[] references = [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(Newtonsoft.Json.JsonConvert).Assembly.Location)];
            var compilation = CSharpCompilation.Create("Client", [client], references, new(OutputKind.DynamicallyLinkedLibrary));
            var errors = compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error);
            Assert.True(!errors.Any(), string.Join("\n", errors.Take(5).Select(TestProject.Describe)));
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Classes_of_a_client_have_names_that_somebody_gave_them(string name)
    {
        var document = await NSwagReading.DocumentAsync(name);
        var root = (await ClientAsync(name, CSharpJsonLibrary.SystemTextJson)).GetRoot();
        var given = document.Components.Schemas.Keys.ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text), type => MadeUp().IsMatch(type) && !given.Contains(type));
    }

    private static async Task<SyntaxTree> ClientAsync(string name, CSharpJsonLibrary library)
    {
        var document = await NSwagReading.DocumentAsync(name);
        var settings = new CSharpClientGeneratorSettings { CSharpGeneratorSettings = { JsonLibrary = library } };
        var code = new CSharpClientGenerator(document, settings).GenerateFile();
        return CSharpSyntaxTree.ParseText(code, TestProject.ParseOptions);
    }

    /// <summary>What NSwag calls a schema that has no name.</summary>
    [GeneratedRegex("^(Anonymous|Body|Response|Item|Items|Type|Kind|Parameters)[0-9]*$")]
    private static partial Regex MadeUp();
}
