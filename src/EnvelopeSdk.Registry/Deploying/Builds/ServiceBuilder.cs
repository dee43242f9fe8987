using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>
/// Builds the service of an envelope, once for each envelope and version of the platform. A build is whole or not
/// there: it is made beside its place. It runs the build assets of the envelope's packages, in a process that has none
/// of the registry's secrets.
/// </summary>
internal sealed class ServiceBuilder(
    IEnvelopeStore store, PublishCommand publish, ImagePublisher images, ServiceRuntimes runtimes, EnginePlace place,
    DeployingOptions options) : IDisposable
{
    /// <summary>What the folders of builds that are under way end with.</summary>
    public const string Partial = ".partial";

    private const string Project = "project";
    private const string Output = "out";

    private readonly SemaphoreSlim _turn = new(1, 1); // a build uses all processors
    private volatile bool _isRecovered;

    /// <summary>The folder of a build.</summary>
    public string FolderOf(BuildKey key) => Path.Combine(place.Builds, key.Folder);

    public bool IsBuilt(BuildKey key) => key.Image is null
        ? File.Exists(Path.Combine(FolderOf(key), key.Assembly))
        : ServiceImage.IsOf(FolderOf(key));

    /// <summary>Whether what another engine left is removed: what is built before may be taken for it.</summary>
    public bool IsRecovered => _isRecovered;

    /// <summary>Ends and removes what builds left that were under way when a registry ended.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var directory in Directory.EnumerateDirectories(place.Builds, "*" + Partial))
        {
            await new DetachedProcess(directory, directory).StopAsync(TimeSpan.Zero, cancellationToken);
            await TryDiscardAsync(directory, cancellationToken);
        }

        _isRecovered = true;
    }

    /// <summary>Removes builds that nobody goes back to.</summary>
    /// <param name="kept">Those that stay.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PruneAsync(IEnumerable<BuildKey> kept, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return; // something is built just now
        }

        try
        {
            var folders = kept.Select(one => one.Folder).ToHashSet();
            foreach (var directory in Directory.EnumerateDirectories(place.Builds)
                .Where(one => !folders.Contains(Path.GetFileName(one))))
            {
                await TryDiscardAsync(directory, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Builds a service, if it is not built.</summary>
    /// <returns>Whether it had to be built.</returns>
    /// <exception cref="EnvelopeException">It cannot be built; the end of the build's log says why.</exception>
    public async Task<bool> EnsureAsync(BuildKey key, CancellationToken cancellationToken)
    {
        if (IsBuilt(key))
        {
            return false; // and waits for no other build
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsBuilt(key))
            {
                return false;
            }

            await BuildAsync(key, cancellationToken);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task BuildAsync(BuildKey key, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(place.Builds, $"{key.Folder}.{Guid.NewGuid():N}{Partial}");
        place.MakeShared(directory);
        var process = new DetachedProcess(directory, directory);
        try
        {
            var project = Directory.CreateDirectory(Path.Combine(directory, Project)).FullName;
            await WriteAsync(key, project, cancellationToken);
            await publish.RunAsync(process, project, Path.Combine(project, Output), key, cancellationToken);
            var built = await TakeAsync(project, directory, cancellationToken);
            if (!File.Exists(key.Image is null
                ? Path.Combine(built, key.Assembly)
                : ServiceImage.ArchiveOf(built)))
            {
                throw PublishCommand.Failed(key, process);
            }

            ServiceImage.Forget(built);
            if (key.Image is not null)
            {
                await images.PublishAsync(key, built, directory, cancellationToken);
            }

            Flush(built); // a build that is there is whole, whatever happens to the machine
            Directory.Move(built, FolderOf(key));
            DurableFile.SyncDirectory(place.Builds);
        }
        finally
        {
            await process.StopAsync(TimeSpan.Zero, CancellationToken.None);
            await TryDiscardAsync(directory, CancellationToken.None);
        }
    }

    private async Task WriteAsync(BuildKey key, string project, CancellationToken cancellationToken)
    {
        var archive = key.Envelope.Name + EnvelopeArchive.Extension;
        var content = await store.OpenAsync(key.Envelope.Name, key.Envelope.Digest, cancellationToken);
        var journal = await store.ReadJournalAsync(key.Envelope, cancellationToken);
        var signatures = await store.ReadSignaturesAsync(key.Envelope, cancellationToken);
        await EnvelopeArchive.ExportAsync(
            content, journal, Path.Combine(project, archive), signatures, null, cancellationToken);
        if (key.IsJob)
        {
            EnvelopeProject.Write(project, key.Program, key.Sdk, archive, options.NuGetConfig, place.User);
        }
        else
        {
            ServiceProject.Write(project, archive, key.Platform, options.NuGetConfig, place.User);
        }

        Directory.CreateDirectory(Path.Combine(project, Output));
        place.User?.Give(project);
    }

    /// <summary>Takes what was built to where who built it cannot change it.</summary>
    private async Task<string> TakeAsync(string project, string directory, CancellationToken cancellationToken)
    {
        var built = Path.Combine(project, Output);
        if (place.User is null)
        {
            return built;
        }

        var taken = Directory.CreateDirectory(Path.Combine(directory, Output)).FullName;
        await place.User.CopyAsync(built, taken, cancellationToken);
        return taken;
    }

    private static void Flush(string built)
    {
        foreach (var path in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories)
            .Where(one => new FileInfo(one).LinkTarget is null)) // what a link leads to is here too, or not of the build
        {
            // Packages may bring files that nobody may write to, which only Windows minds.
            using var file = File.OpenHandle(
                path, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read);
            RandomAccess.FlushToDisk(file);
        }

        foreach (var directory in Directory.EnumerateDirectories(built, "*", SearchOption.AllDirectories)
            .Prepend(built))
        {
            DurableFile.SyncDirectory(directory);
        }
    }

    private void Remove(string directory)
    {
        if (place.User is not null)
        {
            ServiceUser.Remove(directory); // others may write in it
        }
        else
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Removes a build, which is tried again later where that cannot be.</summary>
    private async Task TryDiscardAsync(string build, CancellationToken cancellationToken)
    {
        try
        {
            await DiscardAsync(build, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What runs is more important than what is of no use any more: it stays until the next time.
        }
    }

    private async Task DiscardAsync(string build, CancellationToken cancellationToken)
    {
        if (!build.EndsWith(Partial, StringComparison.Ordinal))
        {
            var whole = build; // and what is there is whole, also while it is removed
            build = $"{whole}.{Guid.NewGuid():N}{Partial}";
            Directory.Move(whole, build);
        }

        // A build that was stopped may have put its image into the registry; if it came into its place, that is needed.
        if (ServiceImage.IsOf(build) && ServiceImage.Read(build) is var image && !IsWhole(image))
        {
            foreach (var runtime in runtimes.All)
            {
                await runtime.DiscardAsync(build, cancellationToken);
            }

            await images.RemoveAsync(image, cancellationToken);
        }

        Remove(build);
    }

    /// <summary>Whether an image is that of a build in its place, by whose name it is tagged.</summary>
    private bool IsWhole(ServiceImage image) => Path.Combine(place.Builds, image.Tag) is var folder
        && ServiceImage.IsOf(folder) && ServiceImage.Read(folder) == image;
}
