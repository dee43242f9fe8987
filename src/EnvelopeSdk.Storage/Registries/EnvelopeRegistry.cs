using System.Globalization;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Queries;

namespace EnvelopeSdk.Registries;

/// <summary>
/// What a registry of envelopes (<c>envelope registry</c>) answers at <c>/api/</c>. Who asks is known by the key in
/// <c>ENVELOPE_KEY</c>, by what <c>envelope login</c> keeps, or by having started the registry on this machine.
/// </summary>
public sealed partial class EnvelopeRegistry
{
    private readonly RegistryApi _api;

    private EnvelopeRegistry(string address, RegistryOptions options, IEnvelopeStore store) =>
        (_api, Store) = (new(RegistryAddress.Parse(address), options), store);

    /// <summary>Its envelopes, as a store.</summary>
    public IEnvelopeStore Store { get; }

    /// <summary>Opens a registry. Nothing is sent before it is asked for something.</summary>
    /// <param name="address"><c>https://HOST[:PORT]</c>, on this machine <c>http://</c>.</param>
    /// <exception cref="EnvelopeException">It is no such address.</exception>
    public static EnvelopeRegistry Open(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _ = RegistryAddress.Parse(address); // a directory is none
        return new(address, RegistryOptions.Default, EnvelopeStore.Open(address));
    }

    internal static EnvelopeRegistry Open(string address, RegistryOptions options, IEnvelopeStore rescue) =>
        new(address, options, EnvelopeStore.OpenRegistry(address, options, rescue));

    /// <summary>Finds envelopes.</summary>
    /// <param name="query">Which.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The query is wrong in itself, or the registry does not answer
    /// it.</exception>
    public Task<EnvelopeList> FindAsync(
        EnvelopeQuery query, int limit = 50, CancellationToken cancellationToken = default) => _api.GetAsync(
        Path("envelopes", [.. QueryText.Write(query), Limit(limit)]), "list its envelopes",
        RegistryJsonContext.Default.EnvelopeList, cancellationToken);

    /// <summary>The newest envelope that a query finds.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="EnvelopeException">The query is wrong in itself, or the registry does not answer
    /// it.</exception>
    public async Task<ListedEnvelope?> FindNewestAsync(
        EnvelopeQuery query, CancellationToken cancellationToken = default) =>
        (await FindAsync(query, 1, cancellationToken)).Envelopes is [var newest, ..] ? newest : null;

    /// <summary>Which tags there are, the most frequent first.</summary>
    /// <param name="name">Only those of this name; null: all.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The registry does not answer.</exception>
    public Task<IReadOnlyList<TagCount>> CountTagsAsync(
        string? name = null, int limit = 50, CancellationToken cancellationToken = default) => _api.GetAsync(
        Path("tags", [.. Given("name", name), Limit(limit)]), "list its tags",
        RegistryJsonContext.Default.IReadOnlyListTagCount, cancellationToken);

    /// <summary>All that has happened to an envelope, the earliest first.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It is not there, or the registry does not answer.</exception>
    public Task<IReadOnlyList<EnvelopeChange>> ReadHistoryAsync(
        EnvelopeReference envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return _api.GetAsync(
            $"envelopes/{RegistryApi.Part(envelope.Name)}/{envelope.Digest}/history", $"give the history of '{envelope}'",
            RegistryJsonContext.Default.IReadOnlyListEnvelopeChange, cancellationToken);
    }

    /// <summary>How envelopes differ.</summary>
    /// <param name="envelopes">Two to ten, each <c>name</c> (the newest) or <c>name@sha256:...</c>.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">One is not there, or the registry does not answer.</exception>
    public Task<EnvelopeComparison> CompareAsync(
        IReadOnlyList<string> envelopes, CancellationToken cancellationToken = default) => _api.GetAsync(
        Path("compare", envelopes.Select(one => KeyValuePair.Create("envelope", one))), "compare envelopes",
        RegistryJsonContext.Default.EnvelopeComparison, cancellationToken);

    /// <summary>A metric of the envelopes that a query finds against another, or over time: 2,000 at most.</summary>
    /// <param name="query">The query.</param>
    /// <param name="y">The metric upwards.</param>
    /// <param name="x">The metric across; null: when each was saved.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>Those that have finite values of both, in the order of the query.</returns>
    /// <exception cref="EnvelopeException">The query is wrong in itself, or the registry does not answer
    /// it.</exception>
    public Task<IReadOnlyList<ScatterPoint>> ScatterAsync(
        EnvelopeQuery query, string y, string? x = null, CancellationToken cancellationToken = default) => _api.GetAsync(
        Path("scatter", [.. QueryText.Write(query), new("y", y), .. Given("x", x)]), "draw its envelopes",
        RegistryJsonContext.Default.IReadOnlyListScatterPoint, cancellationToken);

    /// <summary>Who changed what, the latest first. Only administrators may ask.</summary>
    /// <param name="query">Which changes.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The registry does not answer, or not to this caller.</exception>
    public Task<AuditPage> ReadAuditAsync(
        AuditQuery query, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _api.GetAsync(
            Path("audit",
            [
                .. Given("envelope", query.Envelope), .. Given("who", query.Who), .. Given("action", query.Action),
                .. Given("since", query.Since?.ToString("O", CultureInfo.InvariantCulture)),
                .. Given("until", query.Until?.ToString("O", CultureInfo.InvariantCulture)),
                .. Given("before", query.Before?.ToString(CultureInfo.InvariantCulture)), Limit(limit),
            ]),
            "give its audit", RegistryJsonContext.Default.AuditPage, cancellationToken);
    }

    /// <summary>
    /// What happens to envelopes, deployments and batches, as it happens. What was missed while a connection was broken is told then.
    /// </summary>
    /// <param name="name">The name of the envelopes, or of a batch; null: all.</param>
    /// <param name="kind">What happens, one of <see cref="RegistryEventKind"/>; null: all.</param>
    /// <param name="after">
    /// The <see cref="RegistryEvent.Id"/> behind which to go on, of the last seven days; null: from now on.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EnvelopeException">
    /// There is no such kind, or the registry cannot be reached for a while.
    /// </exception>
    public IAsyncEnumerable<RegistryEvent> WatchAsync(
        string? name = null, string? kind = null, long? after = null, CancellationToken cancellationToken = default) =>
        new EventStream(
            _api, string.Concat(Given("name", name).Concat(Given("kind", kind))
                .Select(one => $"&{one.Key}={RegistryApi.Part(one.Value)}"))).ReadAsync(after, cancellationToken);

    private static string Path(string path, IEnumerable<KeyValuePair<string, string>> query) =>
        $"{path}?{string.Join('&', query.Select(one => $"{one.Key}={RegistryApi.Part(one.Value)}"))}";

    private static KeyValuePair<string, string> Limit(int limit) =>
        new("limit", limit.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<KeyValuePair<string, string>> Given(string name, string? value) =>
        value is null ? [] : [new(name, value)];
}
