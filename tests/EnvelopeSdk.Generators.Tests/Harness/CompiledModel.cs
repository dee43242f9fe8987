using System.Reflection;
using System.Runtime.Loader;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Parsing;
using EnvelopeSdk.Schema;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>A training project, generated, compiled without any diagnostic, and loaded.</summary>
internal sealed class CompiledModel
{
    public const string AssemblyName = "Training";

    private CompiledModel(GeneratorRun run, MetadataReference reference, Type type)
    {
        (Run, Reference, Type) = (run, reference, type);
        Schema = (ModelSchema)Call(nameof(ReadSchema))!;
    }

    public GeneratorRun Run { get; }

    public MetadataReference Reference { get; }

    /// <summary>The model class.</summary>
    public Type Type { get; }

    public ModelSchema Schema { get; }

    /// <summary>Compiles sources whose model class is called <c>Model</c>, in whatever namespace.</summary>
    public static CompiledModel Of(params string[] sources)
    {
        var run = GeneratorRun.Of(TestProject.Create(AssemblyName, TestReferences.Training, sources));
        TestProject.AssertNoProblems(run.Compilation);

        // Saving puts the assembly's file into the envelope, so there has to be one.
        var file = Path.Combine(TestDirectory.Create(), AssemblyName + ".dll");
        var packageLock = new PackageLock { Sdk = "10.0.100", TargetFramework = "net10.0", Packages = [], Assemblies = [] }.ToJson();
        using (var stream = File.Create(file))
        {
            Assert.True(run.Compilation.Emit(stream, manifestResources: [new(PackageLock.ResourceName, () => new MemoryStream(packageLock), isPublic: true)]).Success);
        }

        var assembly = new AssemblyLoadContext(AssemblyName).LoadFromAssemblyPath(file);
        return new CompiledModel(run, MetadataReference.CreateFromFile(file), assembly.GetTypes().Single(type => type.Name == "Model"));
    }

    /// <summary>Calls a static method <c>Script.Run</c> of the sources.</summary>
    public object? RunScript() => Type.Assembly.GetType("Script", throwOnError: true)!.GetMethod("Run")!.Invoke(null, null);

    /// <summary>The fingerprint that a service project derives from the compiled assembly.</summary>
    public string FingerprintFromMetadata()
    {
        var service = TestProject.Create("Service", [.. TestReferences.Training, Reference]);
        var model = service.GetTypeByMetadataName(Type.FullName!)!;
        Assert.Empty(model.DeclaringSyntaxReferences);
        return SchemaText.Fingerprint(ModelParser.ParseMetadata(model, default));
    }

    /// <summary>Saves a model and loads it again.</summary>
    public async Task<object> SaveAndLoadAsync(object model) => await (Task<object>)Call(nameof(SaveAndLoadAsync), model)!;

    private object? Call(string method, params object[] arguments) =>
        typeof(CompiledModel).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(one => one.Name == method)
            .MakeGenericMethod(Type).Invoke(null, arguments);

    private static ModelSchema ReadSchema<TModel>()
        where TModel : IEnvelopeModel<TModel> => ModelSchema.Parse(TModel.SchemaJson);

    private static async Task<object> SaveAndLoadAsync<TModel>(TModel model)
        where TModel : IEnvelopeModel<TModel>
    {
        var store = new EnvelopeStore(TestDirectory.Create());
        try
        {
            var saved = await Envelope.SaveAsync(model, store: store);
            return (await Envelope.LoadAsync<TModel>(saved.ToString(), store))!;
        }
        finally
        {
            Directory.Delete(store.Location, recursive: true);
        }
    }
}
