using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>What a project declares, and how it is compiled.</summary>
/// <param name="AssemblyName">The name of its assembly.</param>
/// <param name="Nullable">Whether its reference types can be null where no directive says it.</param>
/// <param name="Files">Its files.</param>
internal sealed record DeclaredProject(
    string? AssemblyName, NullableContextOptions Nullable, EquatableArray<DeclaredFile> Files)
{
    /// <summary>The project without its files.</summary>
    public static DeclaredProject Of(Compilation project, CancellationToken cancellation) =>
        new(project.AssemblyName, project.Options.NullableContextOptions, default);

    /// <summary>The model classes, those for which something can be generated.</summary>
    public IEnumerable<ModelSpec> Models(IEnumerable<MetadataReference> references, CancellationToken cancellation)
    {
        if (!Files.Any(file => file.MentionsModels))
        {
            return [];
        }

        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: Nullable, allowUnsafe: true);
        var project = CSharpCompilation.Create(AssemblyName, Files.Select(file => file.Tree), references, options);
        return
        [
            .. Marked(project, cancellation)
                .Select(type => ModelParser.ParseSource(type, [], cancellation))
                .OfType<ModelSpec>()
                .GroupBy(PlainName, StringComparer.OrdinalIgnoreCase)
                .SelectMany(alike => alike.OrderBy(PlainName, StringComparer.Ordinal).Select(
                    (model, i) => model with { FileName = PlainName(model) + (i == 0 ? "" : $"-{i + 1}") })),
        ];
    }

    private static string PlainName(ModelSpec model) => model.FullName.Replace("global::", "").Replace("@", "");

    private static IEnumerable<INamedTypeSymbol> Marked(CSharpCompilation project, CancellationToken cancellation) =>
        project.SyntaxTrees
            .SelectMany(file => file.GetRoot(cancellation).DescendantNodes(MayHoldTypes))
            .OfType<TypeDeclarationSyntax>()
            .Where(type => type.AttributeLists.Count > 0)
            .Select(type => project.GetSemanticModel(type.SyntaxTree).GetDeclaredSymbol(type, cancellation))
            .OfType<INamedTypeSymbol>()
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Where(type => type.Find(KnownNames.EnvelopeModelAttribute) is not null);

    private static bool MayHoldTypes(SyntaxNode node) =>
        node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;
}
