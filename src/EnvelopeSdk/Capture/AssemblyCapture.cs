using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Puts the code that no package contains into an envelope: the model's assembly, those that it references, the
/// satellites of both, and the libraries that lie beside the program because code loads them by their names.
/// </summary>
internal static class AssemblyCapture
{
    public static async Task AddAsync(
        EnvelopePacker packer, Assembly model, PackageLock packageLock, SaveWarnings warnings,
        CancellationToken cancellationToken)
    {
        CheckUnchanged(model);
        var directory = Path.GetDirectoryName(model.Location)!;
        LoadedElsewhere.Warn(directory, warnings);
        var references = packageLock.Assemblies.Prepend(model.GetName().Name!).Distinct().ToList();
        var captured = references.Select(name => name + ".dll")
            .Concat(references.SelectMany(name => ProgramFolder.Satellites(directory, name))).ToList();
        foreach (var path in captured)
        {
            var file = Path.Combine(directory, path);
            if (!File.Exists(file))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The model references the assembly '{Path.GetFileNameWithoutExtension(path)}', but '{file}' does "
                    + "not exist. Build the training program so that its references are copied to its output.");
            }

            await AddAsync(packer, CodePaths.Referenced + path, file, cancellationToken);
        }

        foreach (var path in ProgramFolder.Open(directory)?.Loose() ?? [])
        {
            if (!captured.Contains(path, ProgramFolder.PathComparer))
            {
                await AddAsync(packer, CodePaths.Beside + path, Path.Combine(directory, path), cancellationToken);
            }
        }
    }

    private static async Task AddAsync(
        EnvelopePacker packer, string path, string file, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        CheckSame(file, bytes);

        // Not as it lies there: two checkouts of one commit give two files, and would give two envelopes.
        await packer.AddAsync(path, ModelPackMediaTypes.Code, CanonicalAssembly.Of(bytes), cancellationToken);
    }

    private static void CheckUnchanged(Assembly model)
    {
        var name = model.GetName().Name;
        if (model.Location.Length == 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The assembly '{name}' has no file of its own, so it cannot be put into an envelope. "
                + "Run the training program without PublishSingleFile or Native AOT.");
        }

        if (HotReload.WasApplied)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The code of this program was changed while it ran (hot reload), so the file of '{name}' is not what "
                + "trained the model. Run the training again without hot reload: dotnet run, or dotnet watch "
                + "--no-hot-reload.");
        }
    }

    /// <summary>A build that ran during the training puts other code where this program's was.</summary>
    private static void CheckSame(string file, byte[] bytes)
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(
            one => !one.IsDynamic && ProgramFolder.PathComparer.Equals(one.Location, file));
        if (loaded is not null && Mvid(bytes) is { } id && id != loaded.ManifestModule.ModuleVersionId)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{file}' was built again while this program ran, so it is not the code that trained the model. Run "
                + "the training again, and build into another folder meanwhile (dotnet build -o, or dotnet publish).");
        }
    }

    private static Guid? Mvid(byte[] image)
    {
        try
        {
            using var pe = new PEReader(new MemoryStream(image, writable: false));
            var metadata = pe.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            return null; // a native library
        }
    }
}
