namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>Lets the index follow the store.</summary>
internal interface ICatalogFollower
{
    /// <summary>Writes into the index what was changed in the store up to now, whoever did it.</summary>
    /// <exception cref="EnvelopeException">The store cannot be read. The next time it is tried again.</exception>
    Task CatchUpAsync(CancellationToken cancellationToken);

    /// <summary>The same, unless that is being done and takes too long, as the first time.</summary>
    /// <returns>Whether it was done.</returns>
    Task<bool> TryCatchUpAsync(TimeSpan patience, CancellationToken cancellationToken);
}
