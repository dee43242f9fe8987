using System.Reflection;
using System.Runtime.Loader;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The API document of a model that is compiled when it is asked for.</summary>
internal static class SourceDocument
{
    /// <summary>The text of the document.</summary>
    /// <param name="sources">A project whose <c>Script.Run</c> makes a model, and what is saved with it.</param>
    public static Task<string> TextAsync(params string[] sources)
    {
        var (model, info) = ((object, EnvelopeInfo?))Compile(sources).GetType("Script", throwOnError: true)!.GetMethod("Run")!.Invoke(null, null)!;
        var method = typeof(PublishedDocument).GetMethod(nameof(PublishedDocument.TextAsync))!.MakeGenericMethod(model.GetType());
        return (Task<string>)method.Invoke(null, [model, info, null, null])!;
    }

    private static Assembly Compile(string[] sources)
    {
        var project = TestProject.Create("Training", TestReferences.Training, sources);
        CSharpGeneratorDriver.Create([new EnvelopeGenerator().AsSourceGenerator()], parseOptions: TestProject.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(project, out var compilation, out _);

        // Saving puts the assembly's file into the envelope, so there has to be one.
        var file = Path.Combine(TestDirectory.Create(), "Training.dll");
        var packages = new PackageLock { Sdk = "10.0.100", TargetFramework = "net10.0", Packages = [], Platform = [], Frameworks = [], Assemblies = [] }.ToJson();
        using (var stream = File.Create(file))
        {
            var emitted = compilation.Emit(stream, manifestResources: [new(PackageLock.ResourceName, () => new MemoryStream(packages), isPublic: true)]);
            Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Take(5)));
        }

        return new AssemblyLoadContext("Training").LoadFromAssemblyPath(file);
    }
}
