namespace EnvelopeSdk.Registry.Advisories;

/// <summary>Who keeps lists of vulnerable packages, such as the feeds of NuGet.</summary>
public interface IAdvisorySource
{
    /// <summary>
    /// Gets the lists as they are now; of who does not answer, the one that came last. No package is named to anybody
    /// for that.
    /// </summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">None can be had.</exception>
    Task<IAdvisoryList> LoadAsync(CancellationToken cancellationToken);
}

/// <summary>Lists of vulnerable packages as they were at one time.</summary>
public interface IAdvisoryList
{
    /// <summary>Why something may be missing: which lists could not be had; null when all are there.</summary>
    string? Problem { get; }

    /// <summary>What is known against a package, the most severe first.</summary>
    /// <param name="id">The package.</param>
    /// <param name="version">Its version.</param>
    IReadOnlyList<PackageAdvisory> Find(string id, string version);
}

/// <summary>An advisory about a version of a package.</summary>
/// <param name="Severity"><c>low</c>, <c>moderate</c>, <c>high</c>, <c>critical</c> or <c>unknown</c>.</param>
/// <param name="Url">The page that describes it.</param>
public sealed record PackageAdvisory(string Severity, string Url);
