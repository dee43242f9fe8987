using System.Collections.Immutable;
using System.Linq;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers;

/// <summary>Reports methods that no model class serves although they are marked (ENV0015).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PredictOutsideModelAnalyzer : WrittenCodeAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.PredictOutsideModel];

    private protected override void Register(AnalysisContext context) =>
        context.RegisterCompilationStartAction(static project =>
        {
            var classes = new ProjectClasses(project.Compilation.Assembly);
            project.RegisterSymbolAction(symbol => Analyze(symbol, classes), SymbolKind.Method);
            project.RegisterOperationAction(
                AnalyzeInside, OperationKind.LocalFunction, OperationKind.AnonymousFunction);
        });

    /// <summary>Local functions and lambdas are no members, so no symbol action sees them.</summary>
    private static void AnalyzeInside(OperationAnalysisContext context)
    {
        var (method, what) = context.Operation switch
        {
            ILocalFunctionOperation local => (local.Symbol, "a local function"),
            _ => (((IAnonymousFunctionOperation)context.Operation).Symbol, "a lambda"),
        };
        if (method.Find(KnownNames.PredictAttribute) is { } mark)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.PredictOutsideModel,
                mark.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation() ?? Location.None,
                method.Name.Length == 0 ? "lambda" : method.Name,
                $"it is {what}, which nothing outside can call; mark a method of the model class"));
        }
    }

    private static void Analyze(SymbolAnalysisContext context, ProjectClasses classes)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.Find(KnownNames.PredictAttribute) is not null && WhyNotServed(method, classes) is { } reason)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.PredictOutsideModel, method.Locations[0], method.Name, reason));
        }
    }

    private static string? WhyNotServed(IMethodSymbol method, ProjectClasses classes)
    {
        var type = method.ContainingType;
        if (!PredictMethods.CanBeMarked(method))
        {
            return "it is not called by its name; mark a method";
        }

        if (type.TypeKind == TypeKind.Interface)
        {
            return $"'{type.Name}' is an interface; mark the method of the model class that implements it";
        }

        if (ProjectClasses.IsModel(type) || classes.Serve(method))
        {
            return null;
        }

        var derived = classes.DerivedFrom(type);
        if (derived.Any(ProjectClasses.IsModel))
        {
            return $"the model classes that derive from '{type.Name}' hide it; override it instead";
        }

        var isForOthers =
            type.IsAbstract && !type.IsStatic && type.IsVisibleOutside() && derived.All(one => one.IsAbstract);
        return isForOthers
            ? null
            : $"neither its class '{type.Name}' nor one that derives from it is marked with [EnvelopeModel]";
    }
}
