using System;
using System.Collections.Immutable;
using EnvelopeSdk.Analyzers.Bodies;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers;

/// <summary>
/// Reports objects that serve one thread at a time and that a predict method shares with other calls (ENV0031).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedInstanceUsedAnalyzer : BodyAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.SharedInstanceUsed];

    private protected override void Analyze(PredictBodies bodies, Action<Diagnostic> report)
    {
        foreach (var reached in bodies.ReachConcurrently())
        {
            if (SharedState.Member(reached.Operation, bodies.Model) is { } member
                && reached.Operation.Type is { } type
                && SingleThreadTypes.CureOf(type, bodies.Model.ContainingAssembly) is { } cure
                && !IsMadeForThreads(bodies.InitialValue(member)))
            {
                report(reached.Breaks(
                    Descriptors.SharedInstanceUsed, reached.Operation.Syntax, member.Name, type.ToReadable(), cure));
            }
        }
    }

    /// <summary>.NET names those instances alike: <c>Random.Shared</c>, <c>Stream.Synchronized(...)</c>.</summary>
    private static bool IsMadeForThreads(IOperation? value) => value switch
    {
        IPropertyReferenceOperation { Instance: null, Property.Name: "Shared" } => true,
        IInvocationOperation { Instance: null, TargetMethod.Name: "Synchronized" } => true,
        IConversionOperation conversion => IsMadeForThreads(conversion.Operand),
        _ => false,
    };
}
