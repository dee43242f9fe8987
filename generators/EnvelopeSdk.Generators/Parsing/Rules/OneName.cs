using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>
/// Finds types that generated code cannot name. It writes full names, as <c>global::Shop.Customer</c>; and a service
/// references the model's assembly and each of its libraries alike.
/// </summary>
internal static class OneName
{
    /// <summary>
    /// Why a full name does not mean a type alone in a project and in a service of it; null when it does, and where no
    /// project is compiled that could be mended.
    /// </summary>
    /// <param name="type">The type; of a generic one the declaration is looked at, and not what it is made of.</param>
    /// <param name="project">The project that uses it.</param>
    public static string? WhyNot(INamedTypeSymbol type, IAssemblySymbol project)
    {
        var declared = Outermost(type);
        if (project is not ISourceAssemblySymbol { Compilation: var compilation }
            || declared.TypeKind == TypeKind.Error
            || declared.IsInNamespace("System"))
        {
            return null;
        }

        var same = compilation.GetTypesByMetadataName(FullName(declared)).FirstOrDefault(one =>
            one.IsVisibleOutside() && !Equal(one.ContainingAssembly, declared.ContainingAssembly));
        return same is not null
                ? $"is declared in {same.ContainingAssembly.Name} and in {declared.ContainingAssembly.Name}, and a "
                    + "service, which references both, could not tell which is meant; declare it once, in the library, "
                    + "and reference that, or give one of the two another name or namespace"
            : Aliases(compilation, declared.ContainingAssembly) is { Count: > 0 } aliases && !aliases.Contains("global")
                ? $"is reached through the extern alias '{aliases[0]}' alone, which generated code does not use; add "
                    + "'global' to the Aliases of the reference"
            : null;
    }

    private static IReadOnlyList<string> Aliases(Compilation compilation, IAssemblySymbol assembly) =>
        compilation.GetMetadataReference(assembly) is { Properties.Aliases: var aliases } ? aliases : [];

    private static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } around)
        {
            type = around;
        }

        return type.OriginalDefinition;
    }

    /// <summary>As metadata has it: what is shown of a symbol marks the names that are words of C# with an @.</summary>
    private static string FullName(INamedTypeSymbol type)
    {
        var name = type.MetadataName;
        for (var around = type.ContainingNamespace; !around.IsGlobalNamespace; around = around.ContainingNamespace)
        {
            name = $"{around.MetadataName}.{name}";
        }

        return name;
    }

    private static bool Equal(IAssemblySymbol one, IAssemblySymbol other) =>
        SymbolEqualityComparer.Default.Equals(one, other);
}
