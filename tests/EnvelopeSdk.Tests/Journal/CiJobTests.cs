using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Tests.Journal;

public class CiJobTests
{
    [Fact]
    public void GitHub_Actions_is_recognised() => Assert.Equal(
        new CiJob("github-actions", "7", "https://git.example/team/model/actions/runs/7"),
        Capture(("GITHUB_RUN_ID", "7"), ("GITHUB_SERVER_URL", "https://git.example"), ("GITHUB_REPOSITORY", "team/model")));

    [Fact]
    public void GitLab_is_recognised() => Assert.Equal(
        new CiJob("gitlab-ci", "8", "https://lab.example/jobs/8"), Capture(("CI_JOB_ID", "8"), ("CI_JOB_URL", "https://lab.example/jobs/8")));

    [Fact]
    public void Azure_Pipelines_is_recognised() => Assert.Equal(
        new CiJob("azure-pipelines", "9", "https://azure.example/org/project/_build/results?buildId=9"),
        Capture(("BUILD_BUILDID", "9"), ("SYSTEM_COLLECTIONURI", "https://azure.example/org/"), ("SYSTEM_TEAMPROJECT", "project")));

    [Fact]
    public void Jenkins_is_recognised_with_and_without_a_page()
    {
        Assert.Equal(
            new CiJob("jenkins", "job-10", "https://j.example/10"),
            Capture(("JENKINS_URL", "https://j.example"), ("BUILD_TAG", "job-10"), ("BUILD_URL", "https://j.example/10")));
        Assert.Equal(new CiJob("jenkins", "job-10", null), Capture(("JENKINS_URL", "https://j.example"), ("BUILD_TAG", "job-10")));
    }

    [Fact]
    public void No_system_is_recognised_where_none_runs_or_its_variables_are_empty()
    {
        Assert.Null(Capture());
        Assert.Null(Capture(("CI", "true"), ("BUILD_TAG", "tag"), ("GITHUB_RUN_ID", ""), ("CI_JOB_ID", "")));
    }

    private static CiJob? Capture(params (string Name, string Value)[] variables) =>
        CiCapture.Capture(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
