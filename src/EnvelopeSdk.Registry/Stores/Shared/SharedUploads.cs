namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>Uploads that go on at any instance: what has come lies in the store, each piece as content of its own.</summary>
internal sealed class SharedUploads : IUploads
{
    private const string Add = "insert into upload (id, length, touched) values (@0, 0, now())";

    private const string Has = "select 1 from upload where id = @0";

    private const string End = "delete from upload where id = @0";

    private readonly StoreDatabase _database;
    private readonly OpenUploads<SharedUpload> _open;

    public SharedUploads(StoreDatabase database, DatabaseStore store)
    {
        _database = database;
        _open = new((id, turns) => new(id, turns, this, database, store));
    }

    public async Task<IUpload> BeginAsync(CancellationToken cancellationToken)
    {
        _open.ForgetIdle();
        var begun = Guid.NewGuid();
        await _database.RunAsync(Add, cancellationToken, begun);
        return _open.Open(begun);
    }

    public async Task<IUpload?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await _database.AnyAsync(Has, cancellationToken, id) ? _open.Open(id) : null;

    /// <summary>Ends an upload. Its pieces go when content is collected.</summary>
    public async Task RemoveAsync(Guid id)
    {
        await _database.RunAsync(End, CancellationToken.None, id);
        _open.Forget(id);
    }
}
