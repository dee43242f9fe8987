using Basic.Reference.Assemblies;
using EnvelopeSdk.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>What test projects are compiled against.</summary>
internal static class TestReferences
{
    /// <summary>The references of a training project.</summary>
    public static IReadOnlyList<MetadataReference> Training { get; } =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(Envelope).Assembly.Location), MetadataReference.CreateFromFile(typeof(System.Numerics.Tensors.Tensor).Assembly.Location)];

    /// <summary>The references of a service project, but for the model's assembly.</summary>
    public static IReadOnlyList<MetadataReference> Service { get; } =
        [.. Training, MetadataReference.CreateFromFile(typeof(EnvelopeHosting).Assembly.Location), .. AspNetCore()];

    private static IEnumerable<MetadataReference> AspNetCore() =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!, "Microsoft.*.dll")
            .Select(file => MetadataReference.CreateFromFile(file));
}
