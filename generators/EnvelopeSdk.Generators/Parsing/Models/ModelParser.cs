using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Documentation;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Generators.Parsing.Types;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>
/// Derives the model of a class marked with <c>[EnvelopeModel]</c>, and what in it cannot be served. The generator and
/// the analyzers both call it, so that what the one leaves out is what the other reports.
/// </summary>
internal static class ModelParser
{
    /// <summary>Parses a class of the project being compiled, with its state.</summary>
    /// <returns>Null when nothing can be emitted for the class.</returns>
    public static ModelSpec? ParseSource(INamedTypeSymbol model, List<Refusal> refusals, CancellationToken cancellation)
    {
        if (WhyTooOld(model) is { } version)
        {
            refusals.Add(Refusal.At(model, RuleIds.LanguageTooOld, model.Name, version));
            return null;
        }

        CheckClass(model, refusals);
        var types = TypeParser.Of(model);
        var spec = ParseQueries(model, types, refusals, cancellation);
        var state = StateParser.ParseSource(model, types, refusals);
        spec = spec with
        {
            State = new(state),
            StateTypes = new(types.Named.Except(spec.Types)),
            Marks = new(types.Marks),
            IsCreatable = !model.IsAbstract && refusals.All(refusal => refusal.RuleId != RuleIds.StateNotStorable),
        };

        // No part is written for a class that is not partial: the compiler would stop at the two declarations (CS0260)
        // and never come to the analyzers, which say what is wrong.
        var canHavePart = model is { Arity: 0, ContainingType: null, IsStatic: false, IsFileLocal: false }
            && refusals.All(refusal => refusal.RuleId != RuleIds.ClassNotPartial);
        return canHavePart ? spec : null;
    }

    /// <summary>Parses a class of a referenced assembly, with its state.</summary>
    public static ModelSpec ParseMetadata(INamedTypeSymbol model, CancellationToken cancellation)
    {
        var types = TypeParser.Of(model);
        var spec = ParseQueries(model, types, [], cancellation);
        var state = StateParser.ParseMetadata(model, types);
        return spec with
        {
            State = new(state ?? []),
            StateTypes = new(types.Named.Except(spec.Types)),
            Marks = new(types.Marks),
            IsCreatable = state?.All(one => one.Codec is not null || one.Json is not null) == true,
        };
    }

    private static ModelSpec ParseQueries(
        INamedTypeSymbol model, TypeParser types, List<Refusal> refusals, CancellationToken cancellation)
    {
        types.Use(model);
        var queries = new QueryParser(model, types, refusals);
        foreach (var method in PredictMethods.Of(model))
        {
            cancellation.ThrowIfCancellationRequested();
            queries.Add(method);
        }

        if (queries.IsEmpty)
        {
            refusals.Add(Refusal.At(model, RuleIds.NoPredictMethod, model.Name));
        }

        return new ModelSpec(
            model.ContainingNamespace.IsGlobalNamespace ? "" : model.ContainingNamespace.ToDisplayString(),
            model.Name,
            model.IsRecord ? "record" : "class",
            model.Find(KnownNames.EnvelopeModelAttribute)?.FirstString() ?? "",
            DocComment.Of(model).Symbol,
            new(queries.Served),
            new(queries.Refused),
            new(types.Named),
            State: default,
            StateTypes: default,
            IsCreatable: false)
        {
            Marks = new(types.Marks),
        };
    }

    /// <summary>
    /// The version of C# that a class is compiled as, if it is one in which no part of it can be generated.
    /// </summary>
    private static string? WhyTooOld(INamedTypeSymbol model) =>
        model.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.Options
            is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 and var version }
            ? version.ToDisplayString()
            : null;

    private static void CheckClass(INamedTypeSymbol model, List<Refusal> refusals)
    {
        var declarations = model.DeclaringSyntaxReferences
            .Select(one => one.GetSyntax())
            .OfType<TypeDeclarationSyntax>();
        if (!declarations.All(declaration => declaration.Modifiers.Any(modifier => modifier.ValueText == "partial")))
        {
            refusals.Add(Refusal.At(model, RuleIds.ClassNotPartial, model.Name));
        }

        if (WhyNotServable(model) is { } reason)
        {
            refusals.Add(Refusal.At(model, RuleIds.ClassNotServable, model.Name, reason));
        }

        var name = model.Find(KnownNames.EnvelopeModelAttribute)?.FirstString() ?? "";
        if (!NameRules.IsEnvelopeName(name))
        {
            refusals.Add(Refusal.At(model, RuleIds.InvalidEnvelopeName, name));
        }
    }

    private static string? WhyNotServable(INamedTypeSymbol model) => model switch
    {
        { IsStatic: true } => "is static",
        { IsAbstract: true } => "is abstract",
        { Arity: > 0 } => "is generic",
        { ContainingType: not null } => "is nested in another type",
        { IsFileLocal: true } => "is local to its file",
        { DeclaredAccessibility: not Accessibility.Public } => "is not public",
        _ when model.IsForbidden() => "is marked [Obsolete] as an error",
        _ => OneName.WhyNot(model, model.ContainingAssembly),
    };
}
