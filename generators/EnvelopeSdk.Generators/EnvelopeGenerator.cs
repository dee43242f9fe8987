using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators;

/// <summary>
/// In a training project, writes the second part of each model class. In a service or a batch job, writes what binds
/// and calls the queries of the envelope's model. It reports nothing: the analyzers do.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class EnvelopeGenerator : IIncrementalGenerator
{
    internal const string DeclarationStep = "Declaration";
    internal const string ModelStep = "Model";
    internal const string ContractStep = "Contract";
    internal const string ServedModelStep = "ServedModel";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.CompilationProvider
            .SelectMany(static (project, _) => project.SyntaxTrees)
            .Select(static (file, cancellation) => DeclaredFile.Of(file, cancellation))
            .WithTrackingName(DeclarationStep)
            .Collect();
        var models = context.CompilationProvider
            .Select(static (project, cancellation) => DeclaredProject.Of(project, cancellation))
            .Combine(files)
            .Combine(context.MetadataReferencesProvider.Collect())
            .SelectMany(static (found, cancellation) =>
                (found.Left.Left with { Files = new(found.Left.Right) }).Models(found.Right, cancellation))
            .WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, static (output, model) =>
            output.AddSource(model.FileName + KnownNames.ModelFileSuffix, ModelEmitter.Emit(model)));

        var hasModels = models.Collect().Select(static (all, _) => all.Length > 0).WithTrackingName(ContractStep);
        context.RegisterSourceOutput(hasModels, static (output, any) =>
        {
            if (any)
            {
                output.AddSource("EnvelopeSdk.Contract.g.cs", ContractEmitter.Emit());
            }
        });

        var served = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => ServedClass.Of(options.GlobalOptions))
            .Combine(context.MetadataReferencesProvider.Collect())
            .Select(static (pair, cancellation) => (
                pair.Left.Host,
                pair.Left.Envelope,
                Model: pair.Left.Find(pair.Right) is { } model
                    ? ModelParser.ParseMetadata(model, cancellation)
                    : null))
            .WithTrackingName(ServedModelStep);
        context.RegisterSourceOutput(served, static (output, found) =>
        {
            if (found.Model is { } model)
            {
                var (name, code) = found.Host switch
                {
                    KnownNames.BatchHost => (found.Host, BatchEmitter.Emit(model, isWorker: false)),
                    KnownNames.WorkerHost => (found.Host, BatchEmitter.Emit(model, isWorker: true)),
                    _ => ("Service", ServiceEmitter.Emit(model, found.Envelope)),
                };
                output.AddSource($"Envelope.{name}.g.cs", code);
            }
        });
    }
}
