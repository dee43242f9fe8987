using EnvelopeSdk.Layouts;

namespace EnvelopeSdk.Registry.Stores.Folders;

/// <summary>
/// Uploads that are under way. What has come lies in a file, so that an upload goes on after a restart; only how it is
/// hashed so far is in memory.
/// </summary>
internal sealed class FolderUploads : IUploads
{
    private readonly OpenUploads<FolderUpload> _open;

    public FolderUploads(FolderStore store)
    {
        Repositories = store.Repositories;
        _open = new((id, turns) => new(id, Repositories.UploadPath(id), turns, this));
    }

    public Repositories Repositories { get; }

    public Task<IUpload> BeginAsync(CancellationToken cancellationToken)
    {
        _open.ForgetIdle();
        var begun = Guid.NewGuid();
        File.Create(Repositories.NewUpload(begun)).Dispose();
        return Task.FromResult<IUpload>(_open.Open(begun));
    }

    public Task<IUpload?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult<IUpload?>(File.Exists(Repositories.UploadPath(id)) ? _open.Open(id) : null);

    /// <summary>Ends an upload, and removes what has come of it.</summary>
    public void Remove(FolderUpload upload)
    {
        File.Delete(upload.FilePath);
        _open.Forget(upload.Id);
    }
}
