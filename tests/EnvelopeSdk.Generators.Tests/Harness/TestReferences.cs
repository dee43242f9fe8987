using Basic.Reference.Assemblies;
using EnvelopeSdk.Service;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>What test projects are compiled against.</summary>
internal static class TestReferences
{
    /// <summary>The references of a training project.</summary>
    public static IReadOnlyList<MetadataReference> Training { get; } =
        [.. Net100.References.All, .. new[] { typeof(Envelope), typeof(EnvelopeModelAttribute), typeof(IEnvelopeStore), typeof(System.Numerics.Tensors.Tensor) }.Select(Reference)];

    /// <summary>The references of a service project, but for the model's assembly.</summary>
    public static IReadOnlyList<MetadataReference> Service { get; } =
        [.. Training, Reference(typeof(EnvelopeHosting)), Reference(typeof(ServedModel)), .. AspNetCore()];

    private static MetadataReference Reference(Type type) => MetadataReference.CreateFromFile(type.Assembly.Location);

    private static IEnumerable<MetadataReference> AspNetCore() =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!, "Microsoft.*.dll")
            .Select(file => MetadataReference.CreateFromFile(file));
}
