using EnvelopeSdk.Envelopes;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EnvelopeSdk.Build;

/// <summary>What a service project gets of its envelope, as items of the build.</summary>
internal static class ServiceItems
{
    /// <summary>
    /// The model's packages at exactly its versions; the rooms of its frameworks in the platform's own version, with
    /// what only they ask for.
    /// </summary>
    public static ITaskItem[] Packages(PackageLock packages, string platformVersion) =>
    [
        .. packages.Packages.Where(package => !package.RaisedByRoom).Select(Pin),
        .. PlatformPackages.Rooms(packages.Platform).Select(room => Reference(room.Id, platformVersion, exclude: "")),
    ];

    /// <summary>The envelope's assemblies. The build finds the satellites, which lie in folders beside them.</summary>
    public static ITaskItem[] Assemblies(EnvelopeContent envelope, string directory) =>
        [.. envelope.Files.Where(file => IsReference(file.Path)).Select(file => Assembly(directory, file.Path))];

    /// <summary>The files that the running service needs beside its assembly.</summary>
    public static ITaskItem[] Files(EnvelopeContent envelope, string directory) =>
    [
        .. envelope.Files.Select(file => file.Path).Where(path => !IsCode(path))
            .Concat([UnpackedPaths.Manifest, UnpackedPaths.Config, UnpackedPaths.Labels])
            .Select(path => File(directory, path)),
    ];

    /// <summary>The run-time settings that can change an answer.</summary>
    public static ITaskItem[] Settings(EnvelopeRecord record) =>
    [
        .. RuntimeSettings.Answering(record).Select(setting => new TaskItem(
            setting.Name, new Dictionary<string, string> { ["Value"] = setting.Value })),
    ];

    /// <summary>
    /// The labels of the service's image, by which it is known where it came from (OCI image specification 1.1,
    /// annotations).
    /// </summary>
    public static ITaskItem[] Labels(EnvelopeContent envelope)
    {
        var labels = new Dictionary<string, string>
        {
            ["org.opencontainers.image.title"] = envelope.Record.Name,
            ["envelopesdk.dev/envelope"] = envelope.Record.Name,
            ["envelopesdk.dev/digest"] = envelope.Digest.ToString(),
        };
        if (envelope.Record.Description is { } description)
        {
            labels["org.opencontainers.image.description"] = description;
        }

        if (envelope.Record.Provenance.Git is { } git)
        {
            labels["org.opencontainers.image.revision"] = git.Dirty ? git.Commit + "-dirty" : git.Commit;
        }

        return [.. labels.Select(one => new TaskItem(
            one.Key, new Dictionary<string, string> { ["Value"] = one.Value.Replace("%", "%25") }))];
    }

    private static bool IsCode(string path) => path.StartsWith(CodePaths.Referenced, StringComparison.Ordinal);

    private static bool IsReference(string path) =>
        IsCode(path) && !path[CodePaths.Referenced.Length..].Contains('/', StringComparison.Ordinal);

    // What a package that only came along gives its consumers, were it still only coming along.
    private static TaskItem Pin(LockedPackage package) =>
        Reference(package.Id, $"[{package.Version}]", package.Direct ? "" : "build;analyzers;contentFiles");

    private static TaskItem Reference(string id, string version, string exclude) => new(
        id,
        new Dictionary<string, string>
        {
            ["Version"] = version,
            ["ExcludeAssets"] = exclude,

            // NU1510: the framework may have it too; the envelope's version is still the one to take. NU1605: that a
            // package of the platform needs a higher one is an error that VerifyPackages tells with its cure.
            ["NoWarn"] = "NU1510;NU1605",
        });

    private static TaskItem Assembly(string directory, string path) =>
        new(Path.GetFileNameWithoutExtension(path), new Dictionary<string, string>
        {
            ["HintPath"] = Path.Combine(directory, path),
            ["Private"] = "true",
        });

    private static TaskItem File(string directory, string path) =>
        new(Path.Combine(directory, path), new Dictionary<string, string>
        {
            // A library that code loads by its name or path lies where it lay beside the training program.
            ["Link"] = path.StartsWith(CodePaths.Beside, StringComparison.Ordinal)
                ? path[CodePaths.Beside.Length..]
                : "envelope/" + path,
            ["CopyToOutputDirectory"] = "PreserveNewest",
            ["CopyToPublishDirectory"] = "PreserveNewest",
        });
}
