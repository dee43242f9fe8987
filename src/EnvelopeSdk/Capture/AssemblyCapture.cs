using System.Reflection;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Puts the model's assembly, and the assemblies it needs that no package contains, into an envelope.
/// </summary>
internal static class AssemblyCapture
{
    public static async Task AddAsync(
        EnvelopePacker packer, Assembly model, PackageLock packageLock, CancellationToken cancellationToken)
    {
        if (model.Location.Length == 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The assembly '{model.GetName().Name}' has no file of its own, so it cannot be put into an envelope. "
                + "Run the training program without PublishSingleFile or Native AOT.");
        }

        var directory = Path.GetDirectoryName(model.Location)!;
        foreach (var name in packageLock.Assemblies.Prepend(model.GetName().Name!).Distinct())
        {
            var file = Path.Combine(directory, name + ".dll");
            if (!File.Exists(file))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The model references the assembly '{name}', but '{file}' does not exist. Build the training "
                    + "program so that its references are copied to its output.");
            }

            // Not as it lies there: two checkouts of one commit give two files, and would give two envelopes.
            var bytes = CanonicalAssembly.Of(await File.ReadAllBytesAsync(file, cancellationToken));
            await packer.AddAsync($"code/{name}.dll", ModelPackMediaTypes.Code, bytes, cancellationToken);
        }
    }
}
