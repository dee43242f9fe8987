using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Protocol.Model;
using VulnerablePackages = System.Collections.Generic.IReadOnlyDictionary<
    string, System.Collections.Generic.IReadOnlyList<NuGet.Protocol.Model.PackageVulnerabilityInfo>>;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>The vulnerabilities that feeds keep lists of.</summary>
internal sealed class Advisories
{
    private readonly ILookup<string, PackageVulnerabilityInfo> _known;

    private Advisories(ILookup<string, PackageVulnerabilityInfo> known, bool hasLists) =>
        (_known, HasLists) = (known, hasLists);

    /// <summary>Whether a feed keeps a list at all: else nothing is known of any package.</summary>
    public bool HasLists { get; }

    public static async Task<Advisories> LoadAsync(
        IEnumerable<PackageFeed> feeds, SourceCacheContext cache, CancellationToken cancellation) =>
        Of(await Task.WhenAll(feeds.Select(feed => feed.AuditAsync(cache, cancellation))));

    /// <param name="lists">What each feed knows.</param>
    public static Advisories Of(
        IReadOnlyCollection<IReadOnlyList<VulnerablePackages>> lists) =>
        new(
            lists.SelectMany(list => list).SelectMany(page => page)
                .SelectMany(entry => entry.Value, (entry, one) => (entry.Key, one))
                .ToLookup(entry => entry.Key, entry => entry.one, StringComparer.OrdinalIgnoreCase),
            lists.Any(list => list.Count > 0));

    /// <summary>What is known against a package, the most severe first, each advisory once.</summary>
    /// <param name="package">The package.</param>
    /// <param name="described">What feeds say of it themselves.</param>
    public IReadOnlyList<Vulnerability> For(
        PackageIdentity package, IEnumerable<PackageVulnerabilityMetadata> described) =>
    [
        .. _known[package.Id].Where(one => one.Versions.Satisfies(package.Version))
            .Select(one => new Vulnerability(Known((int)one.Severity), one.Url.ToString()))
            .Concat(described.Select(
                one => new Vulnerability(Known(one.Severity), one.AdvisoryUrl?.ToString() ?? "(no page)")))
            .GroupBy(one => one.Advisory, (_, same) => same.MaxBy(one => one.Severity)!)
            .OrderByDescending(one => one.Severity).ThenBy(one => one.Advisory, StringComparer.Ordinal),
    ];

    private static Severity Known(int severity) =>
        Enum.IsDefined((Severity)severity) ? (Severity)severity : Severity.Unknown;
}
