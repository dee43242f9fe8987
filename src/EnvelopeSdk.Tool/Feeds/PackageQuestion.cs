using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>Asks feeds for one package.</summary>
/// <param name="package">The package.</param>
/// <param name="hash">Its content hash; null when any content will do.</param>
/// <param name="feeds">The feeds, in their order.</param>
/// <param name="advisories">The vulnerabilities that are known.</param>
/// <param name="cache">How feeds are asked.</param>
internal sealed class PackageQuestion(
    PackageIdentity package, string? hash, IReadOnlyList<PackageFeed> feeds, Advisories advisories,
    SourceCacheContext cache)
{
    public async Task<CheckedPackage> AskAsync(CancellationToken cancellation)
    {
        var (state, feed, changed) = await FindAsync(cancellation);
        var described = new List<IPackageSearchMetadata>();
        foreach (var one in feeds)
        {
            if (await one.DescribeAsync(package, cache, cancellation) is { } metadata)
            {
                described.Add(metadata);
            }
        }

        var deprecations = await Task.WhenAll(described.Select(one => one.GetDeprecationMetadataAsync()));
        return new CheckedPackage
        {
            Id = package.Id,
            Version = package.Version.ToNormalizedString(),
            IsPlatform = hash is null,
            State = state,
            Feed = feed?.Name,
            ChangedOn = changed,
            IsUnlisted = described.Any(one => !one.IsListed),
            Deprecation = deprecations.FirstOrDefault(one => one is not null) is { } said ? Read(said) : null,
            Vulnerabilities = advisories.For(package, described.SelectMany(one => one.Vulnerabilities ?? [])),
        };
    }

    // The first feed with the locked content ends the search: what others have need not be downloaded.
    private async Task<(PackageState State, PackageFeed? Feed, IReadOnlyList<string> Changed)> FindAsync(
        CancellationToken cancellation)
    {
        var changed = new List<PackageFeed>();
        var isSilent = false;
        foreach (var feed in feeds)
        {
            switch (await AskAsync(feed, cancellation))
            {
                case PackageState.Available:
                    return (PackageState.Available, feed, Names(changed));
                case PackageState.Changed:
                    changed.Add(feed);
                    break;
                case PackageState.Unknown:
                    isSilent = true;
                    break;
            }
        }

        return (
            feeds is [] ? PackageState.Unmapped
            : isSilent ? PackageState.Unknown
            : changed is [] ? PackageState.Missing
            : PackageState.Changed,
            changed.FirstOrDefault(),
            Names(changed));
    }

    private async Task<PackageState> AskAsync(PackageFeed feed, CancellationToken cancellation)
    {
        if (hash is null)
        {
            return await feed.HasAsync(package, cache, cancellation) switch
            {
                null => PackageState.Unknown,
                true => PackageState.Available,
                false => PackageState.Missing,
            };
        }

        var (answered, found) = await feed.HashAsync(package, cache, cancellation);
        return !answered ? PackageState.Unknown
            : found is null ? PackageState.Missing
            : found == hash ? PackageState.Available
            : PackageState.Changed;
    }

    private static List<string> Names(IEnumerable<PackageFeed> feeds) => [.. feeds.Select(feed => feed.Name)];

    private static Deprecation Read(PackageDeprecationMetadata said) => new(
        [.. said.Reasons ?? []],
        string.IsNullOrWhiteSpace(said.Message) ? null : said.Message,
        said.AlternatePackage is { } other ? $"{other.PackageId} {other.Range?.PrettyPrint()}".TrimEnd() : null);
}
