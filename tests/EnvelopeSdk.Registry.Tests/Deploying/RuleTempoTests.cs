using EnvelopeSdk.Registry.Rules;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>How often rules are looked at: envelopes may be many, and whoever looks at them is not alone.</summary>
public sealed class RuleTempoTests
{
    [Theory]
    [InlineData(0.25, 0.01)]
    [InlineData(8, 2)]
    [InlineData(0, 0)]
    public void Something_new_is_looked_at_at_once_where_looking_takes_little_and_soon_where_it_takes_long(
        double since, double took) => Assert.True(IsDue(true, since, took));

    [Fact]
    public void One_look_that_was_held_up_does_not_hold_up_what_is_new()
    {
        Assert.True(IsDue(true, since: 10, took: 60));
        Assert.False(IsDue(true, since: 9.9, took: 60));
    }

    [Theory]
    [InlineData(3.1, 0.01)]
    [InlineData(98, 2)]
    public void Rules_are_looked_at_now_and_then_though_nothing_is_new(double since, double took) =>
        Assert.True(IsDue(false, since, took));

    [Theory]
    [InlineData(false, 2.9, 0.01)]
    [InlineData(false, 97, 2)]
    [InlineData(true, 7.9, 2)]
    public void Looking_never_takes_most_of_the_time(bool isNews, double since, double took) =>
        Assert.False(IsDue(isNews, since, took));

    private static bool IsDue(bool isNews, double since, double took) =>
        RuleService.IsDue(isNews, TimeSpan.FromSeconds(since), TimeSpan.FromSeconds(took));
}
