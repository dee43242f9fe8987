using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>What a compiled model refers to in the platform's assemblies.</summary>
internal static class ContractUse
{
    private const string Platform = "EnvelopeSdk";

    /// <summary>The assemblies of the platform that it refers to, be it only by name.</summary>
    public static IEnumerable<string> Assemblies(CompiledModel model)
    {
        using var image = new PEReader(File.OpenRead(model.File));
        var reader = image.GetMetadataReader();
        var named = reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).Name);
        var typed = reader.TypeReferences.Select(handle => reader.GetTypeReference(handle).ResolutionScope)
            .Where(scope => scope.Kind == HandleKind.AssemblyReference)
            .Select(scope => reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        return [.. named.Concat(typed).Select(name => reader.GetString(name)).Where(IsPlatform).Distinct()];
    }

    /// <summary>The types and members of the platform that it refers to, each as it is declared.</summary>
    public static IEnumerable<string> Members(CompiledModel model)
    {
        using var image = new PEReader(File.OpenRead(model.File));
        var reader = image.GetMetadataReader();
        var module = model.Type.Module;
        var types = reader.TypeReferences.Select(handle => module.ResolveType(MetadataTokens.GetToken(handle)))
            .Where(type => IsPlatform(type.Assembly.GetName().Name!)).Select(type => type.FullName!);
        var members = reader.MemberReferences
            .Where(handle => IsOfPlatform(reader, DeclaringType(reader, reader.GetMemberReference(handle).Parent)))
            .Select(handle => module.ResolveMember(MetadataTokens.GetToken(handle))!)
            .Select(member => member.Module.ResolveMember(member.MetadataToken)!)
            .Select(member => $"{member.DeclaringType!.FullName}: {member}");
        return [.. types.Concat(members).Distinct()];
    }

    private static bool IsPlatform(string assembly) =>
        assembly == Platform || assembly.StartsWith(Platform + ".", StringComparison.Ordinal);

    private static bool IsOfPlatform(MetadataReader reader, EntityHandle type)
    {
        while (type.Kind == HandleKind.TypeReference)
        {
            type = reader.GetTypeReference((TypeReferenceHandle)type).ResolutionScope;
        }

        return type.Kind == HandleKind.AssemblyReference
            && IsPlatform(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type).Name));
    }

    /// <summary>The type that has a member; of a generic one, without its arguments.</summary>
    private static EntityHandle DeclaringType(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return parent;
        }

        var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        signature.ReadSignatureTypeCode(); // a class or a structure
        return signature.ReadTypeHandle();
    }
}
