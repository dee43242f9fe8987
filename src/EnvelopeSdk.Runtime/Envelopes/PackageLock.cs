using System.Text.Json.Serialization;

namespace EnvelopeSdk.Envelopes;

/// <summary>What a project was built with and from. The build writes it into the assembly as a resource.</summary>
public sealed record PackageLock
{
    /// <summary>The name of the resource.</summary>
    public const string ResourceName = "EnvelopeSdk.PackageLock.json";

    /// <summary>The version of the .NET SDK that built the assembly.</summary>
    public required string Sdk { get; init; }

    /// <summary>The project's target framework: <c>net10.0</c>.</summary>
    public required string TargetFramework { get; init; }

    /// <summary>
    /// The restored NuGet packages that run with the model, sorted by id. What is there only because a package of the
    /// platform needs it is not among them, but for the frameworks that a framework room is for, and all below them.
    /// </summary>
    public required IReadOnlyList<LockedPackage> Packages { get; init; }

    /// <summary>The platform's own packages, sorted by id. A service takes its own version of them.</summary>
    public required IReadOnlyList<PlatformPackage> Platform { get; init; }

    /// <summary>What the framework rooms among them declare, sorted by package.</summary>
    public required IReadOnlyList<FrameworkPackage> Frameworks { get; init; }

    /// <summary>The simple names of referenced assemblies that no package contains, sorted.</summary>
    public required IReadOnlyList<string> Assemblies { get; init; }

    /// <summary>
    /// The languages of satellite assemblies that the project takes from packages, as its
    /// <c>SatelliteResourceLanguages</c> lists them; null for all.
    /// </summary>
    public string? SatelliteLanguages { get; init; }

    /// <summary>Reads the JSON form.</summary>
    /// <param name="utf8Json">What <see cref="ToJson"/> wrote.</param>
    /// <param name="path">Where it comes from, for the error.</param>
    /// <exception cref="EnvelopeException">It is not the JSON form of a lock.</exception>
    public static PackageLock Parse(ReadOnlySpan<byte> utf8Json, string path) =>
        EnvelopeJsonContext.Read(utf8Json, c => c.PackageLock, path);

    /// <summary>The JSON form, in UTF-8.</summary>
    public byte[] ToJson() => EnvelopeJsonContext.Write(this, c => c.PackageLock);
}

/// <summary>One restored package.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its exact version, normalized.</param>
/// <param name="ContentHash">
/// The SHA-512 that NuGet calls the content hash, in Base64: the one in <c>packages.lock.json</c>.
/// </param>
/// <param name="Direct">Whether the project asked for it itself.</param>
/// <param name="RaisedByRoom">
/// Whether a framework room of the platform asks for this version, and the model's own packages for lower ones. A
/// service may have a higher one then, when a newer version of the room needs it.
/// </param>
public sealed record LockedPackage(
    string Id, string Version, string ContentHash, bool Direct,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool RaisedByRoom = false);

/// <summary>One package of the platform.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version that the model was trained with.</param>
public sealed record PlatformPackage(string Id, string Version);

/// <summary>A framework that the model uses, as its room of the platform declares it.</summary>
/// <param name="Package">The id of the framework's package.</param>
/// <param name="Room">The id of the platform's package for it.</param>
/// <param name="NativeCode">Whether models of the framework run as native code.</param>
public sealed record FrameworkPackage(string Package, string Room, bool NativeCode);
