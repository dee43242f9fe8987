using System.Reflection;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Capture;

/// <summary>What a project was built with and from. The build writes it into the assembly as a resource.</summary>
public sealed record PackageLock
{
    /// <summary>The name of the resource.</summary>
    public const string ResourceName = "EnvelopeSdk.PackageLock.json";

    /// <summary>The version of the .NET SDK that built the assembly.</summary>
    public required string Sdk { get; init; }

    /// <summary>The project's target framework: <c>net10.0</c>.</summary>
    public required string TargetFramework { get; init; }

    /// <summary>The restored NuGet packages that run with the model, sorted by id.</summary>
    public required IReadOnlyList<LockedPackage> Packages { get; init; }

    /// <summary>The simple names of referenced assemblies that no package contains, sorted.</summary>
    public required IReadOnlyList<string> Assemblies { get; init; }

    /// <summary>Reads the JSON form.</summary>
    /// <param name="utf8Json">What <see cref="ToJson"/> wrote.</param>
    /// <param name="path">Where it comes from, for the error.</param>
    /// <exception cref="EnvelopeException">It is not the JSON form of a lock.</exception>
    public static PackageLock Parse(ReadOnlySpan<byte> utf8Json, string path) => PackingJsonContext.Read(utf8Json, c => c.PackageLock, path);

    /// <summary>The JSON form, in UTF-8.</summary>
    public byte[] ToJson() => PackingJsonContext.Write(this, c => c.PackageLock);

    internal static PackageLock Of(Assembly assembly)
    {
        using var resource = assembly.GetManifestResourceStream(ResourceName)
            ?? throw new EnvelopeException(EnvelopeError.Invalid, $"The assembly '{assembly.GetName().Name}' does not say which packages it was built with. Reference the package EnvelopeSdk from its project, with its build assets, and build again.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), ResourceName);
    }
}

/// <summary>One restored package.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its exact version, normalized.</param>
/// <param name="ContentHash">The SHA-512 that NuGet calls the content hash, in Base64: the one in <c>packages.lock.json</c>.</param>
/// <param name="Direct">Whether the project asked for it itself.</param>
public sealed record LockedPackage(string Id, string Version, string ContentHash, bool Direct);
