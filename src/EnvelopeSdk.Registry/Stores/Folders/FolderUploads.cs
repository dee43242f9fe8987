using System.Collections.Concurrent;
using EnvelopeSdk.Layouts;

namespace EnvelopeSdk.Registry.Stores.Folders;

/// <summary>
/// Uploads that are under way. What has come lies in a file, so that an upload goes on after a restart; only how it is
/// hashed so far is in memory.
/// </summary>
internal sealed class FolderUploads(FolderStore store) : IUploads
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, FolderUpload> _uploads = [];

    public Repositories Repositories => store.Repositories;

    public Task<IUpload> BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, upload) in _uploads)
        {
            if (upload.IdleFor > Idle)
            {
                _uploads.TryRemove(id, out _);
            }
        }

        var begun = Guid.NewGuid();
        File.Create(Repositories.NewUpload(begun)).Dispose();
        return Task.FromResult<IUpload>(Open(begun));
    }

    public Task<IUpload?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult<IUpload?>(File.Exists(Repositories.UploadPath(id)) ? Open(id) : null);

    /// <summary>Ends an upload, and removes what has come of it.</summary>
    public void Remove(FolderUpload upload)
    {
        File.Delete(upload.FilePath);
        _uploads.TryRemove(upload.Id, out _);
    }

    private FolderUpload Open(Guid id) =>
        _uploads.GetOrAdd(id, _ => new FolderUpload(id, Repositories.UploadPath(id), this));
}
