using EnvelopeSdk.Capture;
using EnvelopeSdk.Packing;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EnvelopeSdk.Build;

/// <summary>Finds the envelope of a service project, unpacks it into the project's intermediate directory, and tells the build what is in it.</summary>
public sealed class ResolveEnvelope : EnvelopeTask
{
    /// <summary>It finds the parts of a stored model by reflection and makes code at run time, and native code allows neither.</summary>
    private const string NotNativePackage = "Microsoft.ML";

    /// <summary>The project's <c>Envelope</c> items: exactly one reference.</summary>
    public ITaskItem[] Envelopes { get; set; } = [];

    /// <summary>The directory that paths are relative to.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The version of the platform's own packages, which a service takes instead of the envelope's.</summary>
    [Required]
    public string PlatformVersion { get; set; } = "";

    /// <summary>The name of the service's own assembly.</summary>
    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>Whether the service is to become native code, as the project's <c>PublishAot</c> says.</summary>
    public bool PublishAot { get; set; }

    /// <summary>Where envelopes are unpacked.</summary>
    [Required]
    public string UnpackDirectory { get; set; } = "";

    /// <summary>The envelope's name, for the build's output.</summary>
    [Output]
    public string Reference { get; private set; } = "";

    /// <summary>Where this envelope is unpacked.</summary>
    [Output]
    public string Directory { get; private set; } = "";

    /// <summary>The metadata name of the model class.</summary>
    [Output]
    public string ModelType { get; private set; } = "";

    /// <summary>The simple name of the model's assembly.</summary>
    [Output]
    public string ModelAssembly { get; private set; } = "";

    /// <summary>The fingerprint of the frozen schema.</summary>
    [Output]
    public string SchemaFingerprint { get; private set; } = "";

    /// <summary>The envelope's packages, each at exactly its version.</summary>
    [Output]
    public ITaskItem[] Packages { get; private set; } = [];

    /// <summary>The envelope's assemblies, with <c>HintPath</c>.</summary>
    [Output]
    public ITaskItem[] Assemblies { get; private set; } = [];

    /// <summary>The files that the running service needs, with <c>Link</c>.</summary>
    [Output]
    public ITaskItem[] Files { get; private set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        if (Envelopes is not [{ ItemSpec: var reference }])
        {
            Fail(BuildErrors.NotOneEnvelope, $"A service is made of one envelope, and the project names {Envelopes.Length}. Give it one <Envelope Include=\"...\" /> item.");
            return;
        }

        var (envelope, directory) = UnpackAsync(reference).GetAwaiter().GetResult();
        var record = envelope.Record;
        if (string.Equals(record.Model.Assembly, AssemblyName, StringComparison.OrdinalIgnoreCase))
        {
            Fail(BuildErrors.AssemblyNameTaken, $"The service's assembly and the model's are both called '{AssemblyName}'. Rename the project, or set <AssemblyName>{AssemblyName}.Service</AssemblyName> in it.");
            return;
        }

        if (PublishAot && record.Packages.Packages.FirstOrDefault(package => string.Equals(package.Id, NotNativePackage, StringComparison.OrdinalIgnoreCase)) is { } package)
        {
            Fail(BuildErrors.NotNative, $"The model of {record.Name} needs {package.Id} {package.Version}, which does not run as native code. Build and publish it without PublishAot; PublishReadyToRun shortens the start as well.");
            return;
        }

        Reference = new EnvelopeReference(record.Name, envelope.Digest).ToString();
        Directory = directory;
        ModelType = record.Model.Type;
        ModelAssembly = record.Model.Assembly;
        SchemaFingerprint = record.Schema.Fingerprint;
        Packages = [.. record.Packages.Packages.Where(package => package.Id != PlatformPackages.Sdk).Select(Pin)];
        Assemblies = [.. envelope.Files.Where(file => IsCode(file.Path)).Select(file => Assembly(directory, file.Path))];
        Files = [.. envelope.Files.Where(file => !IsCode(file.Path)).Select(file => file.Path).Append("manifest.json").Append("config.json").Select(path => File(directory, path))];
    }

    private static bool IsCode(string path) => path.StartsWith("code/", StringComparison.Ordinal);

    private TaskItem Pin(LockedPackage package) => new(package.Id, new Dictionary<string, string>
    {
        ["Version"] = PlatformPackages.Contains(package.Id) ? PlatformVersion : $"[{package.Version}]",

        // What a package that only came along gives its consumers, were it still only coming along.
        ["ExcludeAssets"] = package.Direct ? "" : "build;analyzers;contentFiles",
        ["NoWarn"] = "NU1510", // the framework may have it too; the envelope's version is still the one to take
    });

    private static TaskItem Assembly(string directory, string path) => new(Path.GetFileNameWithoutExtension(path), new Dictionary<string, string>
    {
        ["HintPath"] = Path.Combine(directory, path),
        ["Private"] = "true",
    });

    private static TaskItem File(string directory, string path) => new(Path.Combine(directory, path), new Dictionary<string, string>
    {
        ["Link"] = "envelope/" + path,
        ["CopyToOutputDirectory"] = "PreserveNewest",
        ["CopyToPublishDirectory"] = "PreserveNewest",
    });

    /// <summary>
    /// A relative path is looked up from the project's directory, then from the one above it: there <c>dotnet new</c> was
    /// run that made the project, and the path given to it.
    /// </summary>
    private string Locate(string reference)
    {
        if (!reference.EndsWith(EnvelopeArchive.Extension, StringComparison.OrdinalIgnoreCase))
        {
            return reference;
        }

        var here = Path.Combine(ProjectDirectory, reference);
        var above = Path.GetFullPath(Path.Combine(ProjectDirectory, "..", reference));
        return !System.IO.File.Exists(here) && System.IO.File.Exists(above) ? above : here;
    }

    /// <summary>Takes the unpacked envelope from the build before if it is still sound; otherwise unpacks it again.</summary>
    private async Task<(EnvelopeContent Envelope, string Directory)> UnpackAsync(string reference)
    {
        using var resolved = await EnvelopeResolver.OpenAsync(Locate(reference), EnvelopeStore.Default);
        var directory = Path.Combine(UnpackDirectory, resolved.Content.Digest.Short);
        try
        {
            var unpacked = await EnvelopeContent.OpenUnpackedAsync(directory);
            await unpacked.VerifyAsync();
            if (unpacked.Digest == resolved.Content.Digest)
            {
                return (unpacked, directory);
            }
        }
        catch (EnvelopeException)
        {
            // Not there yet, or not what was unpacked.
        }

        RemoveUnpacked();
        await resolved.Content.UnpackAsync(directory);
        return (await EnvelopeContent.OpenUnpackedAsync(directory), directory);
    }

    /// <summary>Removes what was unpacked before: it is damaged, or of envelopes that the project no longer names.</summary>
    private void RemoveUnpacked()
    {
        try
        {
            if (System.IO.Directory.Exists(UnpackDirectory))
            {
                System.IO.Directory.Delete(UnpackDirectory, recursive: true);
            }
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // Another build or an editor has a file of it open. Files are replaced one by one then, and checked.
        }
    }
}
