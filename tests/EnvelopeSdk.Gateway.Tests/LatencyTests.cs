using System.Globalization;
using CsCheck;
using EnvelopeSdk.Gateway.Routing;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>Within which time a share of the answers ended.</summary>
public sealed class LatencyTests
{
    private static readonly int Numbers = VersionCounts.LatencyBounds.Count + 1;

    private static readonly Gen<VersionCounts> Answered =
        Gen.Frequency((3, Gen.Const(0L)), (2, Gen.Long[1, 20]), (1, Gen.Long[1, 1_000_000_000_000])).Array[Numbers]
            .Where(latency => latency.Any(count => count > 0)).Select(Counts);

    [Theory]
    [InlineData(0.5, null, "")]
    [InlineData(0.5, 0.25, "1")]
    [InlineData(0.5, 1.0, "0 1 1")] // the whole of the first
    [InlineData(0.99, 0.495, "100")]
    [InlineData(0.99, 0.5, "99 1")]
    [InlineData(0.95, 4.0, "0 0 0 90 10")]
    [InlineData(1, 60_000.0, "5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1")]
    public void It_lies_where_answers_would_be_that_took_evenly_different_times(
        double share, double? milliseconds, string counted)
    {
        var latency = new long[Numbers];
        counted.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(count => long.Parse(count, CultureInfo.InvariantCulture)).ToArray().CopyTo(latency, 0);

        var found = Counts(latency).LatencyAt(share);
        Assert.Equal(milliseconds is null, found is null);
        Assert.Equal(milliseconds ?? 0, found ?? 0, 9);
    }

    [Fact]
    public void What_took_longer_than_is_measured_is_told_as_the_longest_that_is()
    {
        var counts = Counts([1, .. new long[Numbers - 2], 99]);

        Assert.Equal(30_000, counts.ToldLatencyAt(0.95));
        Assert.Equal(counts.LatencyAt(0.01), counts.ToldLatencyAt(0.01));
        Assert.Null(Counts(new long[Numbers]).ToldLatencyAt(0.5));
    }

    [Fact]
    public void A_greater_share_never_ended_sooner() =>
        Gen.Select(Answered, Share, Share).Sample((counts, one, other) =>
            Assert.True(counts.LatencyAt(Math.Min(one, other)) <= counts.LatencyAt(Math.Max(one, other))));

    [Fact]
    public void It_lies_between_the_bounds_of_the_answer_that_ends_the_share() =>
        Gen.Select(Answered, Share).Sample((counts, share) =>
        {
            var (passed, number) = (counts.Latency[0], 0);
            while (passed < share * counts.Latency.Sum())
            {
                passed += counts.Latency[++number];
            }

            var least = number == 0 ? 0 : VersionCounts.LatencyBounds[number - 1];
            var most = number < Numbers - 1 ? VersionCounts.LatencyBounds[number] : least * 2;
            Assert.InRange(counts.LatencyAt(share)!.Value, least, most);
        });

    private static Gen<double> Share => Gen.OneOf(Gen.Double[double.Epsilon, 1], Gen.Const(0.5), Gen.Const(1.0));

    private static VersionCounts Counts(long[] latency) => new(latency.Sum(), 0, 0, 0, 0, latency);
}
