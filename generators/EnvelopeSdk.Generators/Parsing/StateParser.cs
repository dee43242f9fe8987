using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Derives how the parameters of a model's primary constructor are stored.</summary>
internal static class StateParser
{
    public static IReadOnlyList<StateSpec> Parse(INamedTypeSymbol model, Compilation compilation, TypeParser types, List<Refusal> refusals)
    {
        if (model.GetMembers().FirstOrDefault(IsRequired) is { } required
            && !model.InstanceConstructors.Any(constructor => constructor.Find(KnownNames.SetsRequiredMembersAttribute) is not null))
        {
            refusals.Add(Refusal.At(required, RuleIds.StateNotStorable, required.Name, "it is required but no parameter of the primary constructor, so no model could be created without it"));
        }

        if (model.InstanceConstructors.All(constructor => constructor.IsImplicitlyDeclared))
        {
            return [];
        }

        if (model.InstanceConstructors.FirstOrDefault(IsPrimary) is not { } primary)
        {
            refusals.Add(Refusal.At(model, RuleIds.StateNotStorable, model.Name, "the class has no primary constructor whose parameters would be its state"));
            return [];
        }

        var codecs = Codecs.Of(compilation.Assembly, KnownNames.ArtifactCodecAttribute);
        return primary.Parameters.Select(parameter => Parse(parameter, compilation, codecs, types, refusals)).ToList();
    }

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static StateSpec Parse(
        IParameterSymbol parameter, Compilation compilation, Dictionary<ITypeSymbol, INamedTypeSymbol> codecs, TypeParser types, List<Refusal> refusals)
    {
        var code = parameter.Type.ToCode();
        if (parameter.RefKind != RefKind.None)
        {
            refusals.Add(Refusal.At(parameter, RuleIds.StateNotStorable, parameter.Name, "it is passed by reference, and so cannot be kept; pass it by value"));
            return new StateSpec(parameter.Name, code, null, null);
        }

        if (codecs.TryGetValue(parameter.Type, out var codec))
        {
            return new StateSpec(parameter.Name, code, codec.ToCode(), null);
        }

        if (types.Parse(parameter.Type, out var reason, Forms.Of(parameter)) is { } json)
        {
            return new StateSpec(parameter.Name, code, null, json);
        }

        var stored = codecs.Keys.FirstOrDefault(artifact => compilation.ClassifyCommonConversion(parameter.Type, artifact) is { IsImplicit: true, IsReference: true });
        refusals.Add(Refusal.At(
            parameter, RuleIds.StateNotStorable, parameter.Name,
            stored is null
                ? $"no referenced package stores {parameter.Type.ToReadable()} (EnvelopeSdk.MLNet stores ML.NET's ITransformer), and it is not plain data: {reason.Text}"
                : $"it is stored as {stored.ToReadable()}; declare the parameter with that type"));
        return new StateSpec(parameter.Name, code, null, null);
    }
}
