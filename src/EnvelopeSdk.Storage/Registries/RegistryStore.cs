using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registries;

/// <summary>
/// The store of a registry of envelopes: content over its OCI interface, checked against its digests, and all else over
/// its API.
/// </summary>
/// <param name="registry">The registry, and of it no repository.</param>
/// <param name="options">How it is spoken to.</param>
/// <param name="rescue">Where envelopes are staged, and kept when the registry does not take them.</param>
internal sealed class RegistryStore(OciReference registry, RegistryOptions options, IEnvelopeStore rescue)
    : IEnvelopeStore, IQueriedStore
{
    private const int PageSize = 200;

    private readonly RegistryApi _api = new(registry, options);

    public string Address { get; } = $"{(registry.IsLoopback ? "http" : "https")}://{registry.Host}";

    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default) =>
        _api.GetAsync(
            "names", "list its names", RegistryJsonContext.Default.IReadOnlyListString, cancellationToken);

    public IAsyncEnumerable<SavedEnvelope> ListNewestAsync(
        string? name = null, CancellationToken cancellationToken = default) =>
        FindAsync(new() { Name = name is null ? null : EnvelopeName.Check(name) }, false, cancellationToken)
            .Select(one => new SavedEnvelope(one.Reference, one.Saved));

    public IAsyncEnumerable<FoundEnvelope> QueryAsync(EnvelopeQuery query, CancellationToken cancellationToken) =>
        FindAsync(query, true, cancellationToken);

    public async Task<EnvelopeContent> OpenAsync(
        string name, Digest? digest = null, CancellationToken cancellationToken = default)
    {
        var client = Client(name, digest);
        return await client.TryReadManifestAsync(client.Registry.Manifest, cancellationToken) is { } manifest
            ? await EnvelopeContent.OpenAsync(manifest, client.Blobs(), cancellationToken)
            : throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no envelope '{(digest is null ? name : new EnvelopeReference(name, digest.Value))}' in the "
                + $"registry '{Address}'. 'envelope list' says what it has.");
    }

    public async Task<IStagedEnvelope> StageAsync(CancellationToken cancellationToken = default) =>
        new RegistryStaging(this, rescue, await rescue.StageAsync(cancellationToken));

    public async Task<int> DeleteAsync(
        string name, IReadOnlyDictionary<Digest, Guid?> envelopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelopes);
        var deleted = 0;
        foreach (var (digest, last) in envelopes)
        {
            var known = last is { } id ? $"?last={id:D}" : "";
            var answer = await _api.TrySendAsync(
                HttpMethod.Delete, PathOf(new(EnvelopeName.Check(name), digest)) + known, $"delete '{name}@{digest}'",
                cancellationToken);
            deleted += answer is null ? 0 : 1;
        }

        return deleted;
    }

    public async Task<CollectedBlobs> CollectAsync(
        IProgress<StoreProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Asked = "remove what nobody needs";
        var answer = await _api.SendAsync(
            HttpMethod.Post, "collect", new EnvelopeAdditions(), Asked, RegistryJsonContext.Default.EnvelopeAdditions,
            cancellationToken);
        var collected = _api.Read(answer, Asked, RegistryJsonContext.Default.CollectedDocument);
        return new(collected.Count, collected.Bytes);
    }

    public async Task<EnvelopeJournal> ReadJournalAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var lines = await _api.GetAsync(
            PathOf(reference) + "/journal", $"give the journal of '{reference}'", cancellationToken);
        return EnvelopeJournal.Of(JournalLines.Read(lines, $"{Address}/{reference}", reference.Digest));
    }

    public Task AppendAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 0 ? Task.CompletedTask : AddAsync(reference, events, [], cancellationToken);
    }

    public async Task<IReadOnlyList<EnvelopeSignature>> ReadSignaturesAsync(
        EnvelopeReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var lines = await _api.GetAsync(
            PathOf(reference) + "/signatures", $"give the signatures of '{reference}'", cancellationToken);
        return SignatureLines.Read(lines, $"{Address}/{reference}");
    }

    public Task AddSignaturesAsync(
        EnvelopeReference reference, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(signatures);
        return signatures.Count == 0 ? Task.CompletedTask : AddAsync(reference, [], signatures, cancellationToken);
    }

    /// <summary>Sends content, and then what makes an envelope of it, whole.</summary>
    public async Task CommitAsync(
        EnvelopeContent content, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken)
    {
        await EnvelopePush.SendContentAsync(
            content, Client(content.Record.Name, content.Digest), null, progress: null, cancellationToken);
        await _api.SendAsync(
            HttpMethod.Put, PathOf(content.Reference), AdditionsOf(events, signatures), $"take '{content.Reference}'",
            RegistryJsonContext.Default.EnvelopeAdditions, cancellationToken);
    }

    private Task AddAsync(
        EnvelopeReference reference, IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures,
        CancellationToken cancellationToken) => _api.SendAsync(
            HttpMethod.Post, PathOf(reference) + "/journal", AdditionsOf(events, signatures), $"change '{reference}'",
            RegistryJsonContext.Default.EnvelopeAdditions, cancellationToken);

    private static EnvelopeAdditions AdditionsOf(
        IReadOnlyList<JournalEvent> events, IReadOnlyList<EnvelopeSignature> signatures) => new(
        Encoding.UTF8.GetString(JournalLines.Write(events.Where(one => one.IsMadeHere))),
        Encoding.UTF8.GetString(JournalLines.Write(events.Where(one => !one.IsMadeHere))),
        Encoding.UTF8.GetString(SignatureLines.Write(signatures)));

    private async IAsyncEnumerable<FoundEnvelope> FindAsync(
        EnvelopeQuery query, bool withJournal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var conditions = QueryText.Write(query with { After = null })
            .Append(new("limit", PageSize.ToString(CultureInfo.InvariantCulture)))
            .Append(new("journal", withJournal ? "true" : "false")).ToList();
        for (var after = query.After; ;)
        {
            var asked = after is null ? conditions : conditions.Append(new("after", after));
            var path = "envelopes?" + string.Join(
                '&', asked.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"));
            var page = await _api.GetAsync(
                path, "list its envelopes", RegistryJsonContext.Default.EnvelopeList, cancellationToken);
            foreach (var one in page.Envelopes)
            {
                yield return Found(one);
            }

            if ((after = page.Next) is null)
            {
                yield break;
            }
        }
    }

    private FoundEnvelope Found(ListedEnvelope one)
    {
        var digest = Digest.TryParse(one.Digest, out var parsed) ? parsed : throw new EnvelopeException(
            EnvelopeError.Unavailable, $"The registry '{Address}' names an envelope '{one.Digest}', which is no digest.");
        var lines = Encoding.UTF8.GetBytes(one.Journal ?? "");
        var journal = EnvelopeJournal.Of(JournalLines.Read(lines, $"{Address}/{one.Name}@{digest}", digest));
        return new(new(one.Name, digest), one.Saved, journal, one.Cursor);
    }

    private static string PathOf(EnvelopeReference reference) =>
        $"envelopes/{RegistryApi.Part(reference.Name)}/{reference.Digest}";

    private RegistryClient Client(string name, Digest? digest) => RegistryClient.Open(
        registry with { Repository = EnvelopeName.Check(name), Tag = digest is null ? "latest" : null, Digest = digest },
        options);
}
