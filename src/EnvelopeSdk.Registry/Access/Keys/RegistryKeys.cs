using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Access.Keys;

/// <summary>
/// The keys of a registry, whether it runs or not, for the user of the machine who may use its database.
/// </summary>
public sealed class RegistryKeys : IAsyncDisposable
{
    private static readonly Caller Owner = new(Environment.UserName, "command");

    private readonly RecordsDatabase _database;
    private readonly KeyStore _keys;

    private RegistryKeys(RecordsDatabase database)
    {
        _database = database;
        _keys = new(database, new(database, TimeProvider.System), TimeProvider.System);
    }

    /// <summary>Opens the database where a registry has its keys, which is made if it is not there.</summary>
    /// <param name="options">How the registry is run: its store and database count.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="EnvelopeException">The database cannot be used.</exception>
    public static async Task<RegistryKeys> OpenAsync(
        ServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var database = RecordsDatabase.Open(options.Database, options.Place);
        try
        {
            await database.PrepareAsync(cancellationToken);
            return new(database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a key.</summary>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">It cannot be so, or there is one of the name.</exception>
    public Task<MadeKey> AddAsync(NewKey wanted, CancellationToken cancellationToken = default) =>
        _keys.AddAsync(Owner, wanted, cancellationToken);

    /// <summary>All keys, also those that let nobody in any more, the newest first.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken = default) =>
        _keys.ListAsync(cancellationToken);

    /// <summary>Lets a key let nobody in any more, at once.</summary>
    /// <param name="key">Its id, or its name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">There is none that is not revoked.</exception>
    public Task<AccessKey> RevokeAsync(string key, CancellationToken cancellationToken = default) =>
        _keys.RevokeAsync(Owner, key, cancellationToken);

    /// <summary>Closes the database.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
