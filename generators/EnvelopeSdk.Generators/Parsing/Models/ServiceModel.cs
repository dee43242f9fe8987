using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>Names the model class that a service project serves; empty in other projects.</summary>
/// <param name="Type">The metadata name of the class.</param>
/// <param name="Assembly">The simple name of its assembly.</param>
internal sealed record ServiceModel(string Type, string Assembly)
{
    public static ServiceModel Of(AnalyzerConfigOptions options) =>
        new(Read(options, KnownNames.ModelTypeProperty), Read(options, KnownNames.ModelAssemblyProperty));

    /// <summary>
    /// Finds the class among the references alone. The project's own sources are left out, so that no edit in them
    /// makes this step run again.
    /// </summary>
    public INamedTypeSymbol? Find(IReadOnlyCollection<MetadataReference> references)
    {
        if (Type.Length == 0)
        {
            return null;
        }

        var compilation = CSharpCompilation.Create("Envelope", references: references);
        return references
            .Select(compilation.GetAssemblyOrModuleSymbol)
            .OfType<IAssemblySymbol>()
            .FirstOrDefault(assembly => assembly.Name == Assembly)?
            .GetTypeByMetadataName(Type);
    }

    private static string Read(AnalyzerConfigOptions options, string property) =>
        options.TryGetValue(property, out var value) ? value : "";
}
