using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Signing;
using Microsoft.Build.Framework;

namespace EnvelopeSdk.Build;

/// <summary>
/// Finds the envelope of a service project, unpacks it into the project's intermediate directory, and tells the build
/// what is in it. Restore and build are two evaluations of the project; the second one takes what the first one found.
/// </summary>
public sealed class ResolveEnvelope : EnvelopeTask
{
    /// <summary>The project's <c>Envelope</c> items: exactly one reference.</summary>
    public ITaskItem[] Envelopes { get; set; } = [];

    /// <summary>
    /// The project's <c>EnvelopeTrust</c> items: files with public keys, of which one must have signed the envelope.
    /// With none, nobody has to.
    /// </summary>
    public ITaskItem[] TrustedKeys { get; set; } = [];

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

    /// <summary>The frameworks that rooms of the platform are for: items <c>EnvelopeFramework</c>.</summary>
    public ITaskItem[] Frameworks { get; set; } = [];

    /// <summary>The packages that services are made with: items <c>EnvelopeServicePackage</c>.</summary>
    public ITaskItem[] ServicePackages { get; set; } = [];

    /// <summary>
    /// Whether packages are restored: a service whose envelope is not there yet must not keep the training project
    /// beside it from being restored, and is told when it is built.
    /// </summary>
    public bool IsRestoring { get; set; }

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

    /// <summary>The envelope's packages, each at exactly its version, and the rooms of its frameworks.</summary>
    [Output]
    public ITaskItem[] Packages { get; private set; } = [];

    /// <summary>The envelope's assemblies, with <c>HintPath</c>.</summary>
    [Output]
    public ITaskItem[] Assemblies { get; private set; } = [];

    /// <summary>The files that the running service needs, with <c>Link</c>.</summary>
    [Output]
    public ITaskItem[] Files { get; private set; } = [];

    /// <summary>The settings of the run-time that can change an answer, with <c>Value</c>.</summary>
    [Output]
    public ITaskItem[] Settings { get; private set; } = [];

    /// <summary>
    /// The languages of the satellite assemblies that the model's project takes from packages; empty for all.
    /// </summary>
    [Output]
    public string SatelliteLanguages { get; private set; } = "";

    /// <summary>The labels of the service's image, with <c>Value</c>.</summary>
    [Output]
    public ITaskItem[] Labels { get; private set; } = [];

    /// <inheritdoc/>
    protected override bool IsForgiving => IsRestoring;

    /// <inheritdoc/>
    protected override void Run()
    {
        if (Envelopes is not [{ ItemSpec: var reference }])
        {
            Fail(
                BuildErrors.NotOneEnvelope,
                $"A service is made of one envelope, and the project names {Envelopes.Length}. Give it one "
                + "<Envelope Include=\"...\" /> item.");
            return;
        }

        var keys = ReadKeys();
        if (HasFailed)
        {
            return;
        }

        var (envelope, directory) = Resolve(Locate(reference), keys);
        var record = envelope.Record;
        var check = new ServableCheck(
            record, [.. envelope.Files.Select(file => file.Path)], FrameworkRange.Of(Frameworks),
            ServicePackage.Of(ServicePackages));
        foreach (var (id, message) in check.Failures(AssemblyName, PublishAot))
        {
            Fail(id, message);
        }

        if (!HasFailed)
        {
            Reference = envelope.Reference.ToString();
            Directory = directory;
            ModelType = record.Model.Type;
            ModelAssembly = record.Model.Assembly;
            Packages = ServiceItems.Packages(record.Packages, PlatformVersion);
            Assemblies = ServiceItems.Assemblies(envelope, directory);
            Files = ServiceItems.Files(envelope, directory);
            Settings = ServiceItems.Settings(record);
            Labels = ServiceItems.Labels(envelope);
            SatelliteLanguages = record.Packages.SatelliteLanguages ?? "";
            ResolvedProject.Write(this, UnpackDirectory);
        }
    }

    private List<VerificationKey> ReadKeys()
    {
        var keys = new List<VerificationKey>();
        foreach (var item in TrustedKeys)
        {
            try
            {
                keys.Add(VerificationKey.Load(Path.Combine(ProjectDirectory, item.ItemSpec)));
            }
            catch (EnvelopeException failure)
            {
                Fail(BuildErrors.KeyNotRead, failure.Message, "<EnvelopeTrust ");
            }
        }

        return keys;
    }

    /// <summary>Takes what this build found before, or finds, checks and unpacks it.</summary>
    private (EnvelopeContent Envelope, string Directory) Resolve(string reference, List<VerificationKey> keys)
    {
        var store = EnvelopeStore.Default;
        var trusted = string.Join(' ', keys.Select(one => one.Fingerprint));
        var key = (typeof(ResolveEnvelope), reference, store.Address, UnpackDirectory, trusted);
        if (BuildEngine4.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build)
            is ValueTuple<EnvelopeContent, string> known)
        {
            return known;
        }

        var found = UnpackAsync(reference, store, keys).GetAwaiter().GetResult();
        BuildEngine4.RegisterTaskObject(key, found, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: true);
        return found;
    }

    /// <summary>What is built of it takes its record and examples as checked.</summary>
    private async Task<(EnvelopeContent Envelope, string Directory)> UnpackAsync(
        string reference, IEnvelopeStore store, List<VerificationKey> keys)
    {
        var found = await new UnpackedSource(UnpackDirectory, store, keys).UnpackAsync(reference);
        await found.Envelope.ReadExamplesAsync();
        return found;
    }

    /// <summary>
    /// A relative path is looked up from the project's directory, then from the one above it: there <c>dotnet new</c>
    /// was run that made the project, and the path given to it.
    /// </summary>
    private string Locate(string reference)
    {
        if (!EnvelopeResolver.IsFile(reference))
        {
            return reference;
        }

        var here = Path.Combine(ProjectDirectory, reference);
        var above = Path.GetFullPath(Path.Combine(ProjectDirectory, "..", reference));
        return !File.Exists(here) && File.Exists(above) ? above : here;
    }
}
