using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Events.Webhooks;

/// <summary>
/// The webhooks of a registry, whether it runs or not, for the user of the machine who may use its database.
/// </summary>
public sealed class RegistryWebhooks : IAsyncDisposable
{
    private static readonly Caller Owner = new(Environment.UserName, "command");

    private readonly RecordsDatabase _database;
    private readonly WebhookStore _webhooks;

    private RegistryWebhooks(RecordsDatabase database)
    {
        _database = database;
        _webhooks = new(database, new(database, TimeProvider.System), TimeProvider.System);
    }

    /// <summary>Opens the database where a registry has its webhooks, which is made if it is not there.</summary>
    /// <param name="options">How the registry is run: its store and database count.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="EnvelopeException">The database cannot be used.</exception>
    public static async Task<RegistryWebhooks> OpenAsync(
        ServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(await RecordsDatabase.OpenPreparedAsync(options, cancellationToken));
    }

    /// <summary>Makes a webhook, which is told of what happens from now on.</summary>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">It cannot be so.</exception>
    public Task<MadeWebhook> AddAsync(NewWebhook wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return _webhooks.AddAsync(Owner, wanted, cancellationToken);
    }

    /// <summary>All webhooks, the oldest first.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken = default) =>
        _webhooks.ListAsync(cancellationToken);

    /// <summary>Removes a webhook. What it was not told yet, it is not told.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">There is none of the id.</exception>
    public Task RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        _webhooks.RemoveAsync(Owner, id, cancellationToken);

    /// <summary>Closes the database.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
