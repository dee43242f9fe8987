namespace EnvelopeSdk.Queries;

/// <summary>A store that answers queries itself, without giving out every envelope.</summary>
internal interface IQueriedStore
{
    /// <summary>Finds envelopes, in the order of the query.</summary>
    IAsyncEnumerable<FoundEnvelope> QueryAsync(EnvelopeQuery query, CancellationToken cancellationToken);
}
