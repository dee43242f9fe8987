using System.Reflection;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>What the build and the generator wrote into a model's assembly.</summary>
internal static class BuiltWith
{
    /// <summary>Reads the packages and assemblies that an assembly was built with.</summary>
    /// <exception cref="EnvelopeException">The assembly does not say it.</exception>
    public static PackageLock Packages(Assembly assembly)
    {
        using var resource = assembly.GetManifestResourceStream(PackageLock.ResourceName)
            ?? throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The assembly '{assembly.GetName().Name}' does not say which packages it was built with. Reference "
                + "the package EnvelopeSdk from its project, with its build assets, and build again.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return PackageLock.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), PackageLock.ResourceName);
    }

    /// <summary>
    /// Reads the contract that the generated part of an assembly's models was written for, and holds it to this
    /// version's.
    /// </summary>
    /// <exception cref="EnvelopeException">
    /// It is another one: its generated code calls what this version does not have.
    /// </exception>
    public static ModelContractAttribute Contract(Assembly assembly)
    {
        var name = assembly.GetName().Name;
        var contract = assembly.GetCustomAttribute<ModelContractAttribute>() ?? throw new EnvelopeException(
            EnvelopeError.UnknownVersion,
            $"The assembly '{name}' was built with a version of EnvelopeSdk whose models this version cannot save or "
            + "load. Build it again with this version.");
        return contract.Number == ModelContract.Number ? contract : throw new EnvelopeException(
            EnvelopeError.UnknownVersion,
            $"The models of the assembly '{name}' were compiled by EnvelopeSdk {contract.Platform} for contract "
            + $"{contract.Number}, and this program runs a version of contract {ModelContract.Number}, which cannot "
            + $"save or load them. Build '{name}' again with this program's version, or reference EnvelopeSdk "
            + $"{contract.Platform} in it.");
    }
}
