using System.Collections.Immutable;
using System.Linq;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers;

/// <summary>Reports savings of a model with tables that visibly pass no example (ENV0024).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TableWithoutExampleAnalyzer : WrittenCodeAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.TableWithoutExample];

    private protected override void Register(AnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { Name: "SaveAsync" } method
            && method.TypeArguments.FirstOrDefault() is INamedTypeSymbol model
            && method.ContainingType.ToDisplayString() == KnownNames.EnvelopeClass
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "info") is { } info
            && HasNoExample(info.Value)
            && QueryWithTable(model) is { } query)
        {
            var delivery = QueryParser.AnswerOf(query).Delivery;
            var recorder = (delivery == Delivery.Returned ? "" : "await ")
                + $"model.{QuerySpec.RecorderOf(query.Name, delivery)}";
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.TableWithoutExample, call.Syntax.GetLocation(), query.Name, model.Name, recorder));
        }
    }

    private static IMethodSymbol? QueryWithTable(INamedTypeSymbol model)
    {
        var tables = Codecs.Of(model.ContainingAssembly, KnownNames.TableCodecAttribute);
        return PredictMethods.Of(model).FirstOrDefault(method => method.Parameters.Select(parameter => parameter.Type)
            .Append(QueryParser.AnswerOf(method).Type).Any(type => tables.Find(type) is not null));
    }

    /// <summary>Only what is written at the call itself is known; a variable may hold examples.</summary>
    private static bool HasNoExample(IOperation info) => info switch
    {
        IConversionOperation conversion => HasNoExample(conversion.Operand),
        IDefaultValueOperation or ILiteralOperation => true,
        IObjectCreationOperation { Initializer: null } => true,
        IObjectCreationOperation { Initializer: { } initializer } =>
            initializer.Initializers.Select(Examples).OfType<IOperation>().All(IsEmpty),
        _ => false,
    };

    /// <summary>What an initializer sets <c>Examples</c> to; null when it sets something else.</summary>
    private static IOperation? Examples(IOperation initializer) => initializer switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Examples" } } assignment =>
            assignment.Value,
        IMemberInitializerOperation
        {
            InitializedMember: IPropertyReferenceOperation { Property.Name: "Examples" },
        } member => member.Initializer,
        _ => null,
    };

    private static bool IsEmpty(IOperation examples) => examples switch
    {
        IConversionOperation conversion => IsEmpty(conversion.Operand),
        ICollectionExpressionOperation list => list.Elements.IsEmpty,
        IArrayCreationOperation array => array.Initializer is { ElementValues.IsEmpty: true },
        IObjectOrCollectionInitializerOperation list => list.Initializers.IsEmpty,
        IObjectCreationOperation { Arguments.IsEmpty: true } list =>
            list.Initializer is null or { Initializers.IsEmpty: true },
        _ => false,
    };
}
