using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Gates;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>How answers, versions and settings are judged.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("1.5", "1.50", 0)]
    [InlineData("100", "1e2", 0)]
    [InlineData("1.0", "1.0000001", 1e-6)]
    [InlineData("-1.0", "-1.0000001", 1e-6)]
    [InlineData("0", "0.0", 0.1)]
    [InlineData("""{"a":[1,"x"],"b":null}""", """{"b":null,"a":[1,"x"]}""", 0)]
    [InlineData("\"NaN\"", "\"NaN\"", 0)]
    public void Answers_are_the_same_that_differ_in_nothing_but_how_they_are_written_or_by_the_tolerance(
        string expected, string actual, double tolerance) =>
        Assert.Null(JsonTolerance.Difference(JsonElement.Parse(expected), JsonElement.Parse(actual), tolerance));

    [Theory]
    [InlineData("1.5", "1.5000001", 0, "1.5000001 in place of 1.5")]
    [InlineData("9007199254740993", "9007199254740992", 0, "in place of")]
    [InlineData("1.0", "1.1", 0.05, "1.1 in place of 1.0")]
    [InlineData("0", "0.001", 0.5, "in place of 0")]
    [InlineData("[1,2]", "[1]", 0, "1 items in place of 2")]
    [InlineData("""{"a":{"b":[1,2]}}""", """{"a":{"b":[1,3]}}""", 0, "at '/a/b/1'")]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", 0, "at '/b', something")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", 0, "at '/b', nothing")]
    [InlineData("\"secret of a caller\"", "\"another\"", 0.5, "another value")]
    [InlineData("1", "\"1\"", 0.5, "another value")]
    public void Answers_differ_and_it_is_said_where_and_no_text_of_them(
        string expected, string actual, double tolerance, string said)
    {
        var difference = JsonTolerance.Difference(JsonElement.Parse(expected), JsonElement.Parse(actual), tolerance);
        Assert.Contains(said, difference, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", difference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 0, 100, 0)]
    [InlineData(100, 1, 100, 0)]
    [InlineData(1, 1, 100, 0)] // which may be chance
    [InlineData(100, 10, 100, 5)]
    [InlineData(1_000, 16, 1_000, 0)]
    [InlineData(10, 0, 1_000, 900)]
    public void A_canary_is_not_worse_within_the_margin(long own, long failed, long others, long othersFailed) =>
        Comparison(Counts(own, failed), Counts(others, othersFailed)).EnsureNotWorse();

    [Theory]
    [InlineData(100, 3, 100, 0)]
    [InlineData(100, 11, 100, 5)]
    [InlineData(1_000, 17, 1_000, 0)]
    [InlineData(2, 2, 100, 0)] // two of 50 are too many, however the others go
    public void A_canary_is_worse_beyond_the_margin(long own, long failed, long others, long othersFailed) =>
        Assert.Contains(
            "requests failed",
            Assert.Throws<EnvelopeException>(
                () => Comparison(Counts(own, failed), Counts(others, othersFailed)).EnsureNotWorse()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_canary_that_is_slower_by_milliseconds_is_not_worse_and_by_more_it_is()
    {
        var running = Counts(100, 0, milliseconds: 1);
        Comparison(Counts(100, 0, milliseconds: 4.5), running).EnsureNotWorse();
        Comparison(Counts(49, 0, milliseconds: 900), running).EnsureNotWorse(); // too few to say
        Comparison(Mixed(fast: 95, slow: 5), running).EnsureNotWorse(); // as the first of a process are
        Assert.Throws<EnvelopeException>(() => Comparison(Mixed(fast: 88, slow: 12), running).EnsureNotWorse());
        Assert.Contains(
            "latency",
            Assert.Throws<EnvelopeException>(
                () => Comparison(Counts(100, 0, milliseconds: 30), running).EnsureNotWorse()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_whose_callers_give_up_is_worse_unless_those_of_what_runs_do_too_and_a_few_say_nothing()
    {
        var running = Counts(1000, 0);
        Comparison(Counts(100, 0) with { GivenUp = 2 }, running).EnsureNotWorse();
        Comparison(Counts(100, 0) with { GivenUp = 20 }, running with { GivenUp = 200 }).EnsureNotWorse();
        Assert.Contains(
            "gave up",
            Assert.Throws<EnvelopeException>(
                () => Comparison(Counts(0, 0) with { GivenUp = 20 }, running).EnsureNotWorse()).Message,
            StringComparison.Ordinal);
        Assert.False(Comparison(Counts(10, 0) with { GivenUp = 500 }, running).IsEnough);
    }

    [Fact]
    public void The_usual_settings_can_be()
    {
        SettingsCheck.Run(new DeploymentSettings());
        SettingsCheck.Run(new DeploymentSettings
        {
            Image = new() { Base = "registry.example:5000/base/dotnet@sha256:0123" },
            Strategy = new() { Steps = [new(1, 0), new(99, 604_800)] },
            Environment = new Dictionary<string, string> { ["A_b.c9"] = "", ["ENVIRONMENT"] = "test" },
            Secrets = new Dictionary<string, string> { ["A"] = "db-password.1" },
        });
    }

    public static TheoryData<string, DeploymentSettings> Wrong => new()
    {
        { "/runtime", new() { Runtime = "docker" } },
        { "/image/base", new() { Image = new() { Base = "registry/base:1 -p:Other=1" } } },
        { "/image/base", new() { Image = new() { Base = "" } } },
        { "/environment/PS4", new() { Environment = new Dictionary<string, string> { ["PS4"] = "$(id)" } } },
        { "/environment/CONTAINERS_CONF", new() { Environment = new Dictionary<string, string> { ["CONTAINERS_CONF"] = "" } } },
        { "/environment/ASPNETCORE_URLS", new() { Environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "" } } },
        { "/environment/ld_preload", new() { Environment = new Dictionary<string, string> { ["ld_preload"] = "" } } },
        { "/secrets/DOTNET_STARTUP_HOOKS", new() { Secrets = new Dictionary<string, string> { ["DOTNET_STARTUP_HOOKS"] = "a" } } },
        { "/replicas", new() { Replicas = 0 } },
        { "/replicas", new() { Replicas = 65 } },
        { "/limits/startSeconds", new() { Limits = new() { StartSeconds = 0 } } },
        { "/limits/memoryMegabytes", new() { Limits = new() { MemoryMegabytes = 31 } } },
        { "/environment/1A", new() { Environment = new Dictionary<string, string> { ["1A"] = "" } } },
        { "/secrets/A", new() { Secrets = new Dictionary<string, string> { ["A"] = "../x" } } },
        { "/secrets/A", new() { Secrets = new Dictionary<string, string> { ["A"] = ".." } } },
        { "/gates/tolerance", new() { Gates = new() { Tolerance = double.NaN } } },
        { "/gates/metrics/0/better", new() { Gates = new() { Metrics = [new("r2", "more")] } } },
        { "/gates/metrics/1/margin", new() { Gates = new() { Metrics = [new("a", "lower"), new("b", "lower", -1)] } } },
        { "/gates/signedBy/0", new() { Gates = new() { SignedBy = ["no key"] } } },
        { "/strategy/steps/1/percent", new() { Strategy = new() { Steps = [new(20, 0), new(20, 0)] } } },
        { "/strategy/steps/0/seconds", new() { Strategy = new() { Steps = [new(20, -1)] } } },
        { "/strategy/minimumRequests", new() { Strategy = new() { MinimumRequests = 0 } } },
        { "/strategy/errorMargin", new() { Strategy = new() { ErrorMargin = 1.1 } } },
        { "/strategy/latencyRatio", new() { Strategy = new() { LatencyRatio = 0.9 } } },
        { "/strategy/latencyMargin", new() { Strategy = new() { LatencyMargin = double.PositiveInfinity } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_that_cannot_be_are_refused_with_their_place(string pointer, DeploymentSettings settings) =>
        Assert.Contains(
            pointer, Assert.Throws<EnvelopeException>(() => SettingsCheck.Run(settings)).Message,
            StringComparison.Ordinal);

    private static VersionComparison Comparison(VersionCounts own, VersionCounts others) => new(own, others, new());

    private static VersionCounts Mixed(long fast, long slow)
    {
        var (one, other) = (Counts(fast, 0), Counts(slow, 0, milliseconds: 900));
        return one with { Requests = fast + slow, Latency = [.. one.Latency.Zip(other.Latency, (a, b) => a + b)] };
    }

    private static VersionCounts Counts(long requests, long failures, double milliseconds = 1)
    {
        var bucket = VersionCounts.LatencyBounds.TakeWhile(bound => milliseconds > bound).Count();
        return new(
            requests, failures, 0, 0, 0,
            [.. Enumerable.Range(0, VersionCounts.LatencyBounds.Count + 1).Select(i => i == bucket ? requests : 0L)]);
    }
}
