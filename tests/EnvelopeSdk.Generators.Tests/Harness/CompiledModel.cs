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

    /// <summary>The same, of a project whose generated files were changed after the generator wrote them.</summary>
    public static CompiledModel OfEdited(Func<string, string> edit, params string[] sources) =>
        Of(TestDirectory.Create(), [], sources, edit);

    /// <summary>Where the model's assembly lies.</summary>
    public string File => ((PortableExecutableReference)References[^1]).FilePath!;

    /// <summary>A type of the sources.</summary>
    public Type TypeOf(string name) => Type.Assembly.GetType(name, throwOnError: true)!;

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

    /// <summary>Saves a model, and opens its envelope.</summary>
    public async Task<EnvelopeContent> SaveAsync(object model) =>
        await (Task<EnvelopeContent>)Call(nameof(SaveModelAsync), model)!;

    /// <summary>Loads a model with its own generated part.</summary>
    public async Task<object> LoadAsync(EnvelopeContent content) =>
        await (Task<object>)Call(nameof(LoadModelAsync), content)!;

    /// <summary>The reader of an envelope's state, which only the platform makes.</summary>
    public static StateReader ReaderOf(EnvelopeContent content) => (StateReader)typeof(StateReader)
        .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single().Invoke([content, null]);

    /// <summary>The schema that an envelope of the model gets, saved with examples.</summary>
    public async Task<ModelSchema> FreezeAsync(params PredictionExample[] examples) =>
        await (Task<ModelSchema>)Call(nameof(FreezeAsync), Activator.CreateInstance(Type)!, examples)!;

    private static CompiledModel Of(
        string directory, IReadOnlyList<string> libraries, string[] sources, Func<string, string>? edit = null)
    {
        List<MetadataReference> references = [.. libraries.Select(library => MetadataReference.CreateFromFile(library))];
        var run = GeneratorRun.Of(TestProject.Create(AssemblyName, [.. TestReferences.Training, .. references], sources));
        var compilation = edit is null ? run.Compilation : Edit(run.Compilation, edit);
        TestProject.AssertNoProblems(compilation);

        // Saving puts the assembly's file into the envelope, so there has to be one.
        var file = Path.Combine(directory, AssemblyName + ".dll");
        var packageLock = new PackageLock { Sdk = "10.0.100", TargetFramework = "net10.0", Packages = [], Platform = [], Frameworks = [], Assemblies = [] }.ToJson();
        using (var stream = System.IO.File.Create(file))
        {
            Assert.True(compilation.Emit(stream, manifestResources: [new(PackageLock.ResourceName, () => new MemoryStream(packageLock), isPublic: true)]).Success);
        }

        references.Add(MetadataReference.CreateFromFile(file));
        var context = new AssemblyLoadContext(AssemblyName);
        context.Resolving += (_, name) => libraries.Where(library => Path.GetFileNameWithoutExtension(library) == name.Name).Select(context.LoadFromAssemblyPath).FirstOrDefault();
        var assembly = context.LoadFromAssemblyPath(file);
        return new CompiledModel(run, references, assembly.GetTypes().Single(type => type.Name == "Model"));
    }

    /// <summary>That each model which was compiled is in no package is known.</summary>
    private static void NotHeard(string warning)
    {
    }

    private static Compilation Edit(Compilation project, Func<string, string> edit)
    {
        foreach (var tree in project.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)))
        {
            project = project.ReplaceSyntaxTree(tree, TestProject.Tree(edit(tree.ToString()), tree.FilePath));
        }

        return project;
    }

    private static async Task<EnvelopeContent> SaveModelAsync<TModel>(TModel model)
        where TModel : IEnvelopeModel<TModel>
    {
        var store = EnvelopeStore.Open(TestDirectory.Create());
        return await store.OpenAsync((await Envelope.SaveAsync(model, new EnvelopeInfo { OnWarning = NotHeard }, store)).Name);
    }

    private static async Task<object> LoadModelAsync<TModel>(EnvelopeContent content)
        where TModel : IEnvelopeModel<TModel> => await TModel.LoadStateAsync(ReaderOf(content), default);

    private object? Call(string method, params object[] arguments) =>
        typeof(CompiledModel).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(one => one.Name == method)
            .MakeGenericMethod(Type).Invoke(null, arguments);

    private static ModelSchema ReadSchema<TModel>()
        where TModel : IEnvelopeModel<TModel> => ModelSchema.Parse(TModel.SchemaJson);

    private static async Task<ModelSchema> FreezeAsync<TModel>(TModel model, PredictionExample[] examples)
        where TModel : IEnvelopeModel<TModel>
    {
        var store = EnvelopeStore.Open(TestDirectory.Create());
        var saved = await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = examples, OnWarning = NotHeard }, store);
        return (await store.OpenAsync(saved.Name)).Record.Schema;
    }

    private static async Task<object> SaveAndLoadAsync<TModel>(TModel model, PredictionExample[] examples)
        where TModel : IEnvelopeModel<TModel>
    {
        var store = EnvelopeStore.Open(TestDirectory.Create());
        try
        {
            var saved = await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = examples, OnWarning = NotHeard }, store);
            return (await Envelope.LoadAsync<TModel>(saved.ToString(), store))!;
        }
        finally
        {
            Directory.Delete(store.Address, recursive: true);
        }
    }
}
