namespace EnvelopeSdk.Journal;

/// <summary>Finds out which job of a continuous integration system runs this process.</summary>
internal static class CiCapture
{
    /// <summary>Recognises the system by the environment variables that it documents.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The job; null when no known system runs the process.</returns>
    public static CiJob? Capture(Func<string, string?> variable)
    {
        if (variable("GITHUB_RUN_ID") is { Length: > 0 } run)
        {
            return new(
                "github-actions",
                run,
                $"{variable("GITHUB_SERVER_URL")}/{variable("GITHUB_REPOSITORY")}/actions/runs/{run}");
        }

        if (variable("CI_JOB_ID") is { Length: > 0 } job)
        {
            return new("gitlab-ci", job, variable("CI_JOB_URL"));
        }

        if (variable("BUILD_BUILDID") is { Length: > 0 } build)
        {
            return new(
                "azure-pipelines",
                build,
                $"{variable("SYSTEM_COLLECTIONURI")}{variable("SYSTEM_TEAMPROJECT")}/_build/results?buildId={build}");
        }

        return variable("JENKINS_URL") is { Length: > 0 } && variable("BUILD_TAG") is { Length: > 0 } tag
            ? new("jenkins", tag, variable("BUILD_URL"))
            : null;
    }
}
