using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Stores.Blobs;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// Who may say what jobs read and write, which on this machine have all the rights of the user as whom they run; and
/// whether they can be run.
/// </summary>
internal sealed class JobRights(ServerOptions options, JobRuntimes? runtimes = null)
{
    /// <summary>The registry's own: what lies there is changed by nobody else.</summary>
    private IEnumerable<string> Own => new[]
    {
        options.Blobs is null ? options.Store : BlobStorage.IsFolder(options.Blobs) ? options.Blobs : null,
        options.Deploying?.Directory, options.Deploying?.GatewayDirectory, options.UserDirectory,
    }.OfType<string>();

    /// <exception cref="DeniedException">The caller would have rights of the registry that it has not.</exception>
    public void Ensure(Grants grants, BatchSettings settings)
    {
        if (grants.Names is { } names && IsHere(settings) && options.Deploying?.RunAs is null)
        {
            throw new DeniedException(
                $"Jobs run with the rights of the registry's user here, which are more than '{names.Text}': who is "
                + "limited to some names may save no batch. Ask somebody who may deploy all to save it, or an "
                + "administrator to let services run as another user (envelope registry --run-as USER).");
        }
    }

    /// <exception cref="EnvelopeException">A run would write where the registry has its own.</exception>
    public void EnsureOutside(BatchSettings settings)
    {
        (string Pointer, string? Place)[] places =
            [("/output", settings.Output), ("/quarantine", settings.Quarantine), ("/log", settings.Log)];
        foreach (var (pointer, place) in places)
        {
            if (place is not null && IsHere(settings) && OwnOf(place) is { } own)
            {
                throw SettingsFault.All(new SettingsFault(
                    pointer,
                    $"'{AddressPasswords.Mask(place)}' lies in '{own}', where the registry has its own files. Name a "
                    + "place outside."));
            }
        }
    }

    /// <exception cref="EnvelopeException">What runs its jobs cannot run it so here.</exception>
    public void EnsureRuns(BatchSettings settings)
    {
        if (runtimes is not null && BatchRuntime.All.Contains(settings.Runtime))
        {
            runtimes.Of(settings).Check(settings);
        }
    }

    /// <summary>Whether its jobs are on the machine of the registry, and its paths too.</summary>
    private static bool IsHere(BatchSettings settings) => settings.Runtime == BatchRuntime.Process;

    /// <summary>The directory of the registry in which a file lies, or the file of a database.</summary>
    private string? OwnOf(string place)
    {
        string[] files = [.. new[] { place, place.Split('#')[0].Trim() }.Where(Path.IsPathRooted).Select(RealOf)];
        return Own.FirstOrDefault(own => RealOf(own) is var real && files.Any(file =>
            file == real || file.StartsWith(Path.TrimEndingDirectorySeparator(real) + Path.DirectorySeparatorChar,
                StringComparison.Ordinal)));
    }

    private static string RealOf(string path)
    {
        var full = Path.GetFullPath(path);
        return RealPath.Of(full) ?? full;
    }
}
