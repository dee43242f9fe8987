using NuGet.Configuration;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>The feeds that a restore in a directory would ask, and for which packages.</summary>
internal sealed class FeedSettings
{
    private readonly PackageSourceMapping _mapping;

    private FeedSettings(
        PackageSourceMapping mapping, IReadOnlyList<PackageFeed> feeds, IReadOnlyList<PackageFeed> audit) =>
        (_mapping, Feeds, Audit) = (mapping, feeds, audit);

    /// <summary>The feeds of packages, in the order of the configuration.</summary>
    public IReadOnlyList<PackageFeed> Feeds { get; }

    /// <summary>The feeds asked for vulnerabilities: audit sources if there are some, else all others.</summary>
    public IReadOnlyList<PackageFeed> Audit { get; }

    /// <summary>Reads the configuration as <c>dotnet restore</c> does.</summary>
    /// <param name="directory">The directory from which configuration files are looked for.</param>
    /// <param name="configuration">A file to read in place of those; null for them.</param>
    /// <param name="sources">Names, addresses or folders of feeds in place of those that are enabled, if any.</param>
    /// <exception cref="EnvelopeException">The configuration cannot be read, or has no feed.</exception>
    public static FeedSettings Load(string directory, string? configuration, IReadOnlyList<string> sources)
    {
        try
        {
            var settings = configuration is null
                ? Settings.LoadDefaultSettings(directory)
                : Settings.LoadSpecificSettings(directory, Path.GetFullPath(configuration, directory));
            var provider = new PackageSourceProvider(settings);
            var known = provider.LoadPackageSources().ToList();
            var used = sources is [] ? known.Where(source => source.IsEnabled) : sources.Select(Named);
            var feeds = used.DistinctBy(source => source.Name).Select(source => new PackageFeed(source)).ToList();
            var audit = provider.LoadAuditSources().Where(source => source.IsEnabled)
                .Select(source => new PackageFeed(source)).ToList();
            return feeds is []
                ? throw Refused(directory, "It has no feed that is enabled.")
                : new FeedSettings(
                    PackageSourceMapping.GetPackageSourceMapping(settings), feeds,
                    sources is [] && audit is not [] ? audit : feeds);

            PackageSource Named(string name) =>
                known.Find(source => string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(source.Source, name, StringComparison.OrdinalIgnoreCase))
                ?? new PackageSource(name.Contains("://", StringComparison.Ordinal) ? name
                    : Directory.Exists(Path.GetFullPath(name, directory)) ? Path.GetFullPath(name, directory)
                    : throw new EnvelopeException(
                        EnvelopeError.Invalid,
                        $"There is no feed '{name}': it is no name of the configuration, no address and no folder. "
                        + $"The configuration has: {string.Join(", ", known.Select(source => source.Name))}."));
        }
        catch (Exception failure) when (failure is NuGetConfigurationException or IOException)
        {
            throw Refused(configuration ?? directory, failure.Message, failure);
        }
    }

    /// <summary>The feeds that may be asked for a package; none when the mapping allows it none of them.</summary>
    public IReadOnlyList<PackageFeed> For(string id)
    {
        if (!_mapping.IsEnabled)
        {
            return Feeds;
        }

        var mapped = _mapping.GetConfiguredPackageSources(id);
        return [.. Feeds.Where(feed => mapped.Contains(feed.Name, StringComparer.OrdinalIgnoreCase))];
    }

    private static EnvelopeException Refused(string path, string reason, Exception? failure = null) => new(
        EnvelopeError.Invalid,
        $"The NuGet configuration of '{path}' cannot be used: {reason} Correct it ('dotnet nuget list source' shows "
        + "what it has), or name a feed with --source.",
        failure);
}
