using EnvelopeSdk.Capture;

namespace EnvelopeSdk.Tests.Capture;

public class LoadedElsewhereTests
{
    private const string Program = "/programs/train";

    [Theory]
    [InlineData("/elsewhere/Plugin.dll"), InlineData("/programs/train2/Plugin.dll"), InlineData("/elsewhere/libscore.so")]
    public void A_file_of_another_folder_is_not_known(string file) =>
        Assert.False(LoadedElsewhere.IsKnown(file, Program));

    [Theory]
    [InlineData("/programs/train/Plugin.dll"), InlineData("/programs/train/plugins/Plugin.dll")]
    [InlineData("/elsewhere/xunit.runner.visualstudio.testadapter.dll")]
    public void One_of_the_program_or_of_what_runs_its_tests_is(string file) =>
        Assert.True(LoadedElsewhere.IsKnown(file, Program));

    [Fact]
    public void One_of_the_run_time_is() => Assert.True(LoadedElsewhere.IsKnown(typeof(object).Assembly.Location, Program));
}
