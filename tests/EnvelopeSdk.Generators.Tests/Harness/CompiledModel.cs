using System.Reflection;
using System.Runtime.Loader;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Schema;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>A training project, generated, compiled without any diagnostic, and loaded.</summary>
internal sealed class CompiledModel
{
    public const string AssemblyName = "Training";

    private CompiledModel(GeneratorRun run, IReadOnlyList<MetadataReference> references, Type type)
    {
        (Run, References, Type) = (run, references, type);
        Schema = (ModelSchema)Call(nameof(ReadSchema))!;
    }

    public GeneratorRun Run { get; }

    /// <summary>The model's assembly, and the library that it uses, if it does.</summary>
    public IReadOnlyList<MetadataReference> References { get; }

    /// <summary>The model class.</summary>
    public Type Type { get; }

    public ModelSchema Schema { get; }

    /// <summary>Compiles sources whose model class is called <c>Model</c>, in whatever namespace.</summary>
    public static CompiledModel Of(params string[] sources) => Of(TestDirectory.Create(), [], sources);

    /// <summary>The same, with a library that is compiled first.</summary>
    public static CompiledModel OfLibrary(string library, params string[] sources)
    {
        var directory = TestDirectory.Create();
        var compilation = TestProject.Create("Library", TestReferences.Training, library);
        TestProject.AssertNoProblems(compilation);
        var file = Path.Combine(directory, "Library.dll");
        Assert.True(compilation.Emit(file).Success);
        return Of(directory, [file], sources);
    }

    /// <summary>Calls a static method <c>Script.Run</c> of the sources.</summary>
    public object? RunScript() => Type.Assembly.GetType("Script", throwOnError: true)!.GetMethod("Run")!.Invoke(null, null);

    /// <summary>The fingerprint that a service project derives from the compiled assembly.</summary>
    public string FingerprintFromMetadata()
    {
        var service = TestProject.Create("Service", [.. TestReferences.Training, .. References]);
        var model = service.GetTypeByMetadataName(Type.FullName!)!;
        Assert.Empty(model.DeclaringSyntaxReferences);
        return SchemaText.Fingerprint(ModelParser.ParseMetadata(model, default));
    }

    /// <summary>Saves a model with examples, and loads it again.</summary>
    public async Task<object> SaveAndLoadAsync(object model, params PredictionExample[] examples) => await (Task<object>)Call(nameof(SaveAndLoadAsync), model, examples)!;

    /// <summary>The schema that an envelope of the model gets, saved with examples.</summary>
    public async Task<ModelSchema> FreezeAsync(params PredictionExample[] examples) =>
        await (Task<ModelSchema>)Call(nameof(FreezeAsync), Activator.CreateInstance(Type)!, examples)!;

    private static CompiledModel Of(string directory, IReadOnlyList<string> libraries, string[] sources)
    {
        List<MetadataReference> references = [.. libraries.Select(library => MetadataReference.CreateFromFile(library))];
        var run = GeneratorRun.Of(TestProject.Create(AssemblyName, [.. TestReferences.Training, .. references], sources));
        TestProject.AssertNoProblems(run.Compilation);

        // Saving puts the assembly's file into the envelope, so there has to be one.
        var file = Path.Combine(directory, AssemblyName + ".dll");
        var packageLock = new PackageLock { Sdk = "10.0.100", TargetFramework = "net10.0", Packages = [], Platform = [], Frameworks = [], Assemblies = [] }.ToJson();
        using (var stream = File.Create(file))
        {
            Assert.True(run.Compilation.Emit(stream, manifestResources: [new(PackageLock.ResourceName, () => new MemoryStream(packageLock), isPublic: true)]).Success);
        }

        references.Add(MetadataReference.CreateFromFile(file));
        var context = new AssemblyLoadContext(AssemblyName);
        context.Resolving += (_, name) => libraries.Where(library => Path.GetFileNameWithoutExtension(library) == name.Name).Select(context.LoadFromAssemblyPath).FirstOrDefault();
        var assembly = context.LoadFromAssemblyPath(file);
        return new CompiledModel(run, references, assembly.GetTypes().Single(type => type.Name == "Model"));
    }

    private object? Call(string method, params object[] arguments) =>
        typeof(CompiledModel).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(one => one.Name == method)
            .MakeGenericMethod(Type).Invoke(null, arguments);

    private static ModelSchema ReadSchema<TModel>()
        where TModel : IEnvelopeModel<TModel> => ModelSchema.Parse(TModel.SchemaJson);

    private static async Task<ModelSchema> FreezeAsync<TModel>(TModel model, PredictionExample[] examples)
        where TModel : IEnvelopeModel<TModel>
    {
        var store = EnvelopeStore.Open(TestDirectory.Create());
        var saved = await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = examples }, store);
        return (await store.OpenAsync(saved.Name)).Record.Schema;
    }

    private static async Task<object> SaveAndLoadAsync<TModel>(TModel model, PredictionExample[] examples)
        where TModel : IEnvelopeModel<TModel>
    {
        var store = EnvelopeStore.Open(TestDirectory.Create());
        try
        {
            var saved = await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = examples }, store);
            return (await Envelope.LoadAsync<TModel>(saved.ToString(), store))!;
        }
        finally
        {
            Directory.Delete(store.Address, recursive: true);
        }
    }
}
