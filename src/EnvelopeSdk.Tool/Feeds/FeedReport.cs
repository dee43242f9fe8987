using System.Text.Json.Serialization;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>What feeds have today of the packages of an envelope.</summary>
/// <param name="Feeds">The feeds that were asked, those for advisories alone among them.</param>
/// <param name="Packages">All packages with a version: those that run with the model, then the platform's.</param>
internal sealed record FeedReport(IReadOnlyList<AskedFeed> Feeds, IReadOnlyList<CheckedPackage> Packages)
{
    /// <summary>Whether a package that a service needs is on no feed with the content that was locked.</summary>
    [JsonIgnore]
    public bool IsLost => Packages.Any(one => !one.IsPlatform
        && one.State is PackageState.Missing or PackageState.Unmapped or PackageState.Changed);

    /// <summary>Whether it is not known of a package, since a feed did not answer.</summary>
    [JsonIgnore]
    public bool IsUnknown => Packages.Any(one => !one.IsPlatform && one.State == PackageState.Unknown);
}

/// <summary>A feed.</summary>
/// <param name="Name">What the configuration calls it; its address if it was named by that.</param>
/// <param name="Source">Its address or folder, without a password.</param>
/// <param name="Problem">Why it did not answer, at least once; null when it always did.</param>
internal sealed record AskedFeed(string Name, string Source, string? Problem);

/// <summary>Whether a package can be had.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PackageState>))]
internal enum PackageState
{
    /// <summary>A feed has it, with the locked content where the lock says which.</summary>
    [JsonStringEnumMemberName("available")] Available,

    /// <summary>Feeds have that version of it with other content alone.</summary>
    [JsonStringEnumMemberName("changed")] Changed,

    /// <summary>Each feed that it is mapped to answered that it has none.</summary>
    [JsonStringEnumMemberName("missing")] Missing,

    /// <summary>The package source mapping allows it no feed.</summary>
    [JsonStringEnumMemberName("unmapped")] Unmapped,

    /// <summary>A feed did not answer, and no other has it.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}

/// <summary>What is known of one package.</summary>
internal sealed record CheckedPackage
{
    public required string Id { get; init; }

    public required string Version { get; init; }

    /// <summary>Whether it is the platform's: a service takes its own version, so it may be gone.</summary>
    public bool IsPlatform { get; init; }

    public PackageState State { get; init; }

    /// <summary>The name of the feed that has it, by preference with the locked content.</summary>
    public string? Feed { get; init; }

    /// <summary>The feeds that have other content under this version, or what is no package.</summary>
    public IReadOnlyList<string> ChangedOn { get; init; } = [];

    /// <summary>Whether a feed that has it does not list it.</summary>
    public bool IsUnlisted { get; init; }

    /// <summary>What a feed says of its deprecation; null when none does.</summary>
    public Deprecation? Deprecation { get; init; }

    /// <summary>What is known against it, the most severe first.</summary>
    public IReadOnlyList<Vulnerability> Vulnerabilities { get; init; } = [];
}

/// <summary>Why a package is not to be used any more.</summary>
/// <param name="Reasons">The feed's words for it: <c>Legacy</c>, <c>CriticalBugs</c>, <c>Other</c>.</param>
/// <param name="Message">What its authors say.</param>
/// <param name="Alternative">The id and the versions to take in its place.</param>
internal sealed record Deprecation(IReadOnlyList<string> Reasons, string? Message, string? Alternative);

/// <summary>An advisory about a version of a package.</summary>
/// <param name="Severity">How severe it is.</param>
/// <param name="Advisory">The page that describes it.</param>
internal sealed record Vulnerability(Severity Severity, string Advisory);

/// <summary>How severe a vulnerability is, in the order of feeds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    [JsonStringEnumMemberName("unknown")] Unknown = -1,
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("moderate")] Moderate,
    [JsonStringEnumMemberName("high")] High,
    [JsonStringEnumMemberName("critical")] Critical,
}
