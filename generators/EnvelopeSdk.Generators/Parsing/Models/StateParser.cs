using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Generators.Parsing.Types;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>Derives how the parameters of a model's primary constructor are stored.</summary>
internal static class StateParser
{
    public static IReadOnlyList<StateSpec> ParseSource(INamedTypeSymbol model, TypeParser types, List<Refusal> refusals)
    {
        if (model.GetMembers().FirstOrDefault(IsRequired) is { } required
            && !model.InstanceConstructors.Any(
                constructor => constructor.Find(KnownNames.SetsRequiredMembersAttribute) is not null))
        {
            refusals.Add(Refusal.At(
                required, RuleIds.StateNotStorable, required.Name,
                "it is required but no parameter of the primary constructor, so no model could be created without it"));
        }

        if (model.InstanceConstructors.All(constructor => constructor.IsImplicitlyDeclared))
        {
            return [];
        }

        if (model.InstanceConstructors.FirstOrDefault(IsPrimary) is not { } primary)
        {
            refusals.Add(Refusal.At(
                model, RuleIds.StateNotStorable, model.Name,
                "the class has no primary constructor whose parameters would be its state"));
            return [];
        }

        return Parse(primary, types, refusals);
    }

    /// <summary>
    /// Derives it for a class of a referenced assembly, whose generated part says which constructor holds the state.
    /// </summary>
    /// <returns>Null when the assembly does not say it, or has no such constructor.</returns>
    public static IReadOnlyList<StateSpec>? ParseMetadata(INamedTypeSymbol model, TypeParser types)
    {
        if (model.Find(KnownNames.ModelStateAttribute)?.ConstructorArguments is not { Length: 2 } arguments
            || arguments[1].Kind != TypedConstantKind.Array)
        {
            return null;
        }

        var wanted = arguments[1].Values.Select(one => one.Value as ITypeSymbol).ToList();
        return model.InstanceConstructors.FirstOrDefault(constructor => HasTypes(constructor, wanted)) is { } holder
            ? Parse(holder, types, [])
            : null;
    }

    private static bool HasTypes(IMethodSymbol constructor, List<ITypeSymbol?> types) =>
        constructor.Parameters.Length == types.Count
        && constructor.Parameters.Zip(types, (parameter, type) => parameter.Type.IsSameAs(type)).All(isSame => isSame);

    private static IReadOnlyList<StateSpec> Parse(IMethodSymbol constructor, TypeParser types, List<Refusal> refusals)
    {
        var codecs = Codecs.Of(constructor.ContainingAssembly, KnownNames.ArtifactCodecAttribute);
        return [.. constructor.Parameters.Select(parameter => Parse(parameter, codecs, types, refusals))];
    }

    private static bool IsRequired(ISymbol member) =>
        member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static StateSpec Parse(
        IParameterSymbol parameter, Codecs codecs, TypeParser types, List<Refusal> refusals)
    {
        var (code, typeOf) = (parameter.Type.ToCode(), parameter.Type.ToTypeOf());
        if (parameter.RefKind != RefKind.None)
        {
            refusals.Add(Refusal.At(
                parameter, RuleIds.StateNotStorable, parameter.Name,
                "it is passed by reference, and so cannot be kept; pass it by value"));
            return new StateSpec(parameter.Name, code, typeOf, null, null);
        }

        if (codecs.Find(parameter.Type) is { } codec)
        {
            return new StateSpec(parameter.Name, code, typeOf, codec.ToCode(), null);
        }

        if (types.Parse(parameter.Type, out var reason, Forms.Of(parameter)) is { } json)
        {
            return new StateSpec(parameter.Name, code, typeOf, null, json);
        }

        var otherwise = HowElse(parameter.Type, codecs);
        refusals.Add(Refusal.At(
            parameter, RuleIds.StateNotStorable, parameter.Name, otherwise ?? WhyNotStored(parameter.Type, reason)));
        if (otherwise is null && reason.Fault is { } fault)
        {
            fault.AddTo(refusals, RuleIds.StateNotStorable, parameter.ContainingAssembly, fault.Type, fault.Text);
        }

        return new StateSpec(parameter.Name, code, typeOf, null, null);
    }

    /// <summary>As what a codec stores the type when not as itself; null when none does.</summary>
    private static string? HowElse(ITypeSymbol type, Codecs codecs) =>
        codecs.WhyNot(type) is var (stored, constraint)
            ? $"it could be stored as a {stored.ToReadable()}, but {constraint}"
        : codecs.Types.FirstOrDefault(artifact => TypeArguments.IsA(type, artifact)) is { } artifact
            ? $"it is stored as {artifact.ToReadable()}; declare the parameter with that type"
        : null;

    private static string WhyNotStored(ITypeSymbol type, Reason reason) =>
        $"no referenced package stores {type.ToReadable()}, and it is not plain data: {reason.Text}. Reference the "
            + "package of EnvelopeSdk for its framework, or offer a codec of your own with [assembly: ArtifactCodec]";
}
