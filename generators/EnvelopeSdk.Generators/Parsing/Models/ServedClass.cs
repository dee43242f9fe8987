using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>
/// Names the model class of a project that is made of an envelope: a service or a batch job. Empty in other projects.
/// </summary>
/// <param name="Type">The metadata name of the class.</param>
/// <param name="Assembly">The simple name of its assembly.</param>
/// <param name="Host">What the project is: empty for a service.</param>
/// <param name="Envelope">The envelope, as <c>NAME@DIGEST</c>.</param>
internal sealed record ServedClass(string Type, string Assembly, string Host, string Envelope)
{
    public static ServedClass Of(AnalyzerConfigOptions options) => new(
        Read(options, KnownNames.ModelTypeProperty), Read(options, KnownNames.ModelAssemblyProperty),
        Read(options, KnownNames.HostProperty), Read(options, KnownNames.EnvelopeProperty));

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
