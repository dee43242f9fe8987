namespace EnvelopeSdk.Journal;

/// <summary>A job of a continuous integration system.</summary>
/// <param name="System">
/// The system: <c>github-actions</c>, <c>gitlab-ci</c>, <c>azure-pipelines</c> or <c>jenkins</c>.
/// </param>
/// <param name="Id">The job's or run's id within the system.</param>
/// <param name="Url">The page of the job, if the system says.</param>
public sealed record CiJob(string System, string Id, string? Url);
