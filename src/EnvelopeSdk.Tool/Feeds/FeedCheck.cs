using EnvelopeSdk.Envelopes;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>Asks feeds whether an envelope could be built into a service again today.</summary>
internal static class FeedCheck
{
    private const int SideBySide = 4;

    /// <summary>Asks for all packages of a lock that have a version. Each is downloaded to a file of its own.</summary>
    /// <param name="locked">The packages.</param>
    /// <param name="settings">The feeds.</param>
    /// <param name="progress">Told of each package when it is done; may be told by several threads at once.</param>
    /// <param name="cancellation">Stops the asking.</param>
    public static async Task<FeedReport> RunAsync(
        PackageLock locked, FeedSettings settings, Action<CheckedPackage> progress, CancellationToken cancellation)
    {
        // What was cached earlier says nothing about what can be had now.
        using var cache = new SourceCacheContext { NoCache = true, DirectDownload = true };
        var all = settings.Feeds.Union(settings.Audit).ToList();
        await Task.WhenAll(all.Select(feed => feed.OpenAsync(cancellation)));
        var advisories = await Advisories.LoadAsync(settings.Audit, cache, cancellation);

        (string Id, string Version, string? Hash)[] asked =
        [
            .. locked.Packages.Select(one => (one.Id, one.Version, (string?)one.ContentHash)),
            .. locked.Platform.Where(one => one.Version is { Length: > 0 })
                .Select(one => (one.Id, one.Version, (string?)null)),
        ];
        var packages = new CheckedPackage[asked.Length];
        await Parallel.ForAsync(
            0,
            asked.Length,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation },
            async (i, stop) =>
            {
                var (id, version, hash) = asked[i];
                var identity = new PackageIdentity(id, Parse(id, version));
                var question = new PackageQuestion(identity, hash, settings.For(id), advisories, cache);
                packages[i] = await question.AskAsync(stop);
                progress(packages[i]);
            });
        return new FeedReport([.. all.Select(feed => feed.Asked).Distinct()], packages);
    }

    private static NuGetVersion Parse(string id, string version) => NuGetVersion.TryParse(version, out var parsed)
        ? parsed
        : throw new EnvelopeException(
            EnvelopeError.Damaged,
            $"The envelope says that it was built with version '{version}' of the package '{id}', which is no version "
            + "that NuGet knows. Take the envelope from where it was saved, or save it again.");
}
