using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// What a registry keeps in a store beside envelopes: repositories, whose content lies with that of the envelopes, and
/// uploads that are under way.
/// </summary>
internal sealed class Repositories(FolderStore store)
{
    /// <summary>The directory of all repositories in a store.</summary>
    public const string DirectoryName = "repositories";

    private readonly string _root = Path.Combine(store.Address, DirectoryName);

    public BlobDirectory Blobs => store.Blobs;

    /// <summary>The directory of the uploads: a file for each, with what has come so far.</summary>
    public string Uploads { get; } = Path.Combine(store.Address, "uploads");

    /// <param name="name">A repository's name, which was checked.</param>
    public RepositoryFolder Open(string name) => new(name, Path.Combine([_root, .. name.Split('/')]), this);

    /// <summary>The repositories that are there, in no order.</summary>
    public IEnumerable<RepositoryFolder> All() => Below("").Where(one => one.Exists);

    /// <summary>Keeps other writers of the store out.</summary>
    /// <exception cref="EnvelopeException">Another process holds the store for too long, or it is no store.</exception>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(store.Address);
        var held = await store.LockAsync(cancellationToken);
        try
        {
            await StoreVersion.WriteAsync(store.Address, cancellationToken);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The name of a new file among the uploads, which lies where the store can take it over from.</summary>
    public string NewUpload(Guid id)
    {
        EnsureDirectory(Uploads);
        return UploadPath(id);
    }

    public string UploadPath(Guid id) => Path.Combine(Uploads, id.ToString("N"));

    /// <summary>Puts a small file in its place in one step. The caller holds the store's lock.</summary>
    internal async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Not beside it: any name is one that a tag can have.
        var made = NewUpload(Guid.NewGuid());
        await DurableFile.WriteAsync(made, bytes, cancellationToken);
        EnsureDirectory(Path.GetDirectoryName(path)!);
        File.Move(made, path, overwrite: true);
        DurableFile.SyncDirectoryOf(path);
    }

    /// <summary>Makes a directory in the store, which is on the disk afterwards.</summary>
    internal void EnsureDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        Directory.CreateDirectory(directory);
        for (var parent = directory; parent != store.Address; DurableFile.SyncDirectory(parent))
        {
            parent = Path.GetDirectoryName(parent)!;
        }
    }

    /// <summary>The directories that can be those of repositories.</summary>
    private IEnumerable<RepositoryFolder> Below(string prefix)
    {
        var directory = new DirectoryInfo(Path.Combine(_root, prefix));
        foreach (var part in directory.Exists ? directory.EnumerateDirectories() : [])
        {
            if (part.Name[0] == '_')
            {
                continue;
            }

            yield return Open(prefix + part.Name);
            foreach (var below in Below($"{prefix}{part.Name}/"))
            {
                yield return below;
            }
        }
    }
}
