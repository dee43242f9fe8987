using EnvelopeSdk.Queries;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class QueryTextTests
{
    [Fact]
    public void Every_condition_becomes_what_is_asked()
    {
        var query = Parse(
            "name=price", "tag=team=a=b", "tag=stage-", "any-tag=x=1", "any-tag=x=2", "metric=r2>=0.9",
            "hyperparameter=tree.depth<8", "since=2026-01-31", "until=2026-02-01T12:00Z", "commit=abc", "schema=sha256:1",
            "order=r2-", "after=1_2_3");

        Assert.Equal("price", query.Name);
        Assert.Equal(new Dictionary<string, string?> { ["team"] = "a=b", ["stage"] = null }, query.Tags);
        Assert.Equal([new("x", "1"), new("x", "2")], query.AnyTags);
        Assert.Equal([new NumberBound("r2", NumberComparison.AtLeast, 0.9)], query.Metrics);
        Assert.Equal([new NumberBound("tree.depth", NumberComparison.Less, 8)], query.Hyperparameters);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), query.Since);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero), query.Until);
        Assert.Equal(("abc", "sha256:1", "1_2_3"), (query.Commit, query.SchemaFingerprint, query.After));
        Assert.Equal(("r2", true), (query.OrderBy, query.Descending));
    }

    [Fact]
    public void Of_a_condition_that_holds_once_the_last_counts() => Assert.Equal("b", Parse("name=a", "name=b").Name);

    [Theory]
    [InlineData("tags=a=b", "'tags'", "any-tag")]
    [InlineData("tag=stage", "'stage'", "NAME=VALUE")]
    [InlineData("tag=", "''", "NAME=VALUE")]
    [InlineData("metric=r2", "'r2'", "'r2>0.9'")]
    [InlineData("since=soon", "'soon'", "7d")]
    [InlineData("since=99999999d", "'99999999d'", "7d")]
    public Task What_has_another_form_is_named_with_the_cure(string condition, params string[] words) =>
        Failure.OfAsync(EnvelopeError.Invalid, () => Task.FromResult(Parse(condition)), words);

    [Fact]
    public async Task A_tag_with_two_values_is_refused_and_one_that_is_repeated_is_not()
    {
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => Task.FromResult(Parse("tag=a=1", "tag=a=2")), "'a'", "any-tag");
        Assert.Equal("1", Parse("tag=a=1", "tag=a=1").Tags["a"]);
    }

    private static EnvelopeQuery Parse(params string[] conditions) => QueryText.Parse(
        conditions.Select(one => one.Split('=', 2)).Select(one => KeyValuePair.Create(one[0], one[1])));
}
