using System;
using System.Collections.Immutable;
using System.Linq;
using EnvelopeSdk.Analyzers.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers;

/// <summary>Reports state that is the path of a file which the model class opens (ENV0036).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PathAsStateAnalyzer : WrittenCodeAnalyzer
{
    private static readonly string[] Verbs = ["Load", "Open", "Read", "FromFile"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.PathAsState];

    private protected override void Register(AnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.ParameterReference);

    private static void Analyze(OperationAnalysisContext context)
    {
        var reference = (IParameterReferenceOperation)context.Operation;
        if (reference.Type?.SpecialType == SpecialType.System_String
            && IsState(reference.Parameter)
            && OpenedWith(reference) is { } member)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.PathAsState, reference.Syntax.GetLocation(),
                reference.Parameter.Name, reference.Parameter.ContainingType.Name, member));
        }
    }

    private static bool IsState(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && ProjectClasses.IsModel(constructor.ContainingType)
        && constructor.DeclaringSyntaxReferences.Any(one => one.GetSyntax() is TypeDeclarationSyntax);

    /// <summary>What opens the file, be it that the path is put together first; null when nothing does.</summary>
    private static string? OpenedWith(IOperation path)
    {
        for (var part = path; part.Parent is { } outer; part = outer)
        {
            if (outer is IArgumentOperation { Parent: { } call } argument && Opened(call, argument) is { } member)
            {
                return member;
            }

            if (!IsPath(outer))
            {
                return null;
            }
        }

        return null;
    }

    private static string? Opened(IOperation call, IArgumentOperation argument) =>
        OutsideReads.FileOf(call) ?? call switch
        {
            IInvocationOperation { TargetMethod: var method }
                when IsReading(method.Name) && argument.Parameter is { } parameter && IsOfFile(parameter.Name) =>
                $"{method.ContainingType.Name}.{method.Name}",
            _ => null,
        };

    /// <summary>Frameworks call it so, whichever they are.</summary>
    private static bool IsReading(string method) =>
        Verbs.Any(verb => method.StartsWith(verb, StringComparison.Ordinal));

    private static bool IsOfFile(string parameter) =>
        parameter.IndexOf("path", StringComparison.OrdinalIgnoreCase) >= 0
        || parameter.IndexOf("file", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether an operation makes a path of a part of it.</summary>
    private static bool IsPath(IOperation operation) => operation
        is IArgumentOperation or IConversionOperation or IBinaryOperation or IInterpolatedStringOperation
            or IInterpolationOperation or ICoalesceOperation or IParenthesizedOperation
            or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation
            or IInvocationOperation { TargetMethod.ContainingType: { Name: "Path", ContainingNamespace.Name: "IO" } };
}
