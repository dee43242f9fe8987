using System.Collections.Concurrent;
using EnvelopeSdk.Registry.Advisories;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using VulnerablePackages = System.Collections.Generic.IReadOnlyDictionary<
    string, System.Collections.Generic.IReadOnlyList<NuGet.Protocol.Model.PackageVulnerabilityInfo>>;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>
/// The lists of vulnerable packages that the feeds of NuGet's configuration keep, or its audit sources.
/// </summary>
/// <param name="directory">The directory from which configuration files are looked for.</param>
internal sealed class FeedAdvisories(string directory) : IAdvisorySource
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<VulnerablePackages>> _last = [];

    public async Task<IAdvisoryList> LoadAsync(CancellationToken cancellationToken)
    {
        var feeds = FeedSettings.Load(directory, null, []).Audit;
        using var cache = new SourceCacheContext { NoCache = true, DirectDownload = true };
        await Task.WhenAll(feeds.Select(feed => feed.OpenAsync(cancellationToken)));
        var known = Advisories.Of(
            await Task.WhenAll(feeds.Select(feed => AuditAsync(feed, cache, cancellationToken))));
        List<string> problems =
        [
            .. feeds.Where(feed => feed.Problem is not null)
                .Select(feed => $"The feed '{feed.Name}' did not answer: {feed.Problem}"),
            .. known.HasLists ? (string[])[] : ["No feed of NuGet's configuration gave a list of vulnerable packages."],
        ];
        return new AdvisoryList(known, problems.Count == 0 ? null : string.Join(' ', problems));
    }

    private async Task<IReadOnlyList<VulnerablePackages>> AuditAsync(
        PackageFeed feed, SourceCacheContext cache, CancellationToken cancellation)
    {
        var list = await feed.AuditAsync(cache, cancellation);
        return feed.Problem is null
            ? _last[feed.Asked.Source] = list
            : _last.GetValueOrDefault(feed.Asked.Source) ?? list;
    }

    private sealed class AdvisoryList(Advisories known, string? problem) : IAdvisoryList
    {
        public string? Problem => problem;

        public IReadOnlyList<PackageAdvisory> Find(string id, string version) =>
            NuGetVersion.TryParse(version, out var parsed)
                ? [.. known.For(new PackageIdentity(id, parsed), []).Select(
                    one => new PackageAdvisory(one.Severity.ToString().ToLowerInvariant(), one.Advisory))]
                : [];
    }
}
