using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Build;

/// <summary>Reads from compiled assemblies what the generator wrote there, without loading them.</summary>
internal static class ModelContracts
{
    /// <summary>The contract and the version of the platform that an assembly's models were compiled with.</summary>
    /// <param name="path">The assembly.</param>
    /// <returns>Null when it has no models, or is no assembly.</returns>
    public static (int Number, string Platform)? Of(string path) =>
        Read(
            path, typeof(ModelContractAttribute),
            static value => (value.ReadInt32(), value.ReadSerializedString()!)) is [var contract]
            ? contract
            : null;

    /// <summary>The value that an assembly has under a key (<see cref="AssemblyMetadataAttribute"/>).</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="key">The key.</param>
    public static string? Metadata(string path, string key) =>
        Read(
            path, typeof(AssemblyMetadataAttribute),
            static value => (value.ReadSerializedString(), value.ReadSerializedString()))
            .FirstOrDefault(one => one.Item1 == key).Item2;

    /// <summary>What the attributes of one type say, of those that an assembly has.</summary>
    private static List<T> Read<T>(string path, Type attribute, Func<BlobReader, T> read)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        var said = new List<T>();
        if (MetadataOf(image) is { IsAssembly: true } metadata)
        {
            foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
            {
                var one = metadata.GetCustomAttribute(handle);
                if (IsOf(metadata, one, attribute))
                {
                    var value = metadata.GetBlobReader(one.Value);
                    value.ReadUInt16(); // the prolog (ECMA-335, II.23.3)
                    said.Add(read(value));
                }
            }
        }

        return said;
    }

    /// <summary>Null for what is no assembly: a native library, or a file with another form.</summary>
    private static MetadataReader? MetadataOf(PEReader image)
    {
        try
        {
            return image.HasMetadata ? image.GetMetadataReader() : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static bool IsOf(MetadataReader metadata, CustomAttribute attribute, Type type)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        var reference = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(reference.Name, type.Name)
            && metadata.StringComparer.Equals(reference.Namespace, type.Namespace!);
    }
}
