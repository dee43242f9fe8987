namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// What is known of an envelope of very many: five tags, of which some are frequent and some rare, and two that never
/// meet; and two metrics. The same for the same number.
/// </summary>
/// <param name="Number">Its number, from 0 on.</param>
/// <param name="Canonical">Of which of 2,000 models it is; some have many.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Metrics">The metrics.</param>
internal sealed record DrawnEnvelope(
    int Number, int Canonical, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, double> Metrics)
{
    public string Name => $"model-{Canonical}";

    public DateTimeOffset Saved => TimeOf(Number);

    /// <summary>They were saved one each second.</summary>
    public static DateTimeOffset TimeOf(int number) => DateTimeOffset.UnixEpoch.AddYears(54).AddSeconds(number);

    /// <summary>One after the other, without an end.</summary>
    public static IEnumerable<DrawnEnvelope> All()
    {
        var random = new Random(42);
        for (var number = 0; ; number++)
        {
            yield return Draw(number, random);
        }
    }

    private static DrawnEnvelope Draw(int number, Random random)
    {
        var canonical = (int)(2000 * Math.Pow(random.NextDouble(), 2));
        var stage = random.NextDouble() switch
        {
            < 0.01 => "prod",
            < 0.16 => "staging",
            _ => "dev",
        };
        var tags = new Dictionary<string, string>
        {
            ["team"] = $"team-{(int)(50 * Math.Pow(random.NextDouble(), 2))}",
            ["canonical_name"] = $"m{canonical}",
            ["stage"] = stage,
            ["region"] = $"r{random.Next(stage == "prod" ? 9 : 10)}",
            ["run"] = $"run-{random.Next(200_000)}",
        };
        return new(
            number, canonical, tags,
            new Dictionary<string, double> { ["auc"] = random.NextDouble(), ["latency"] = 100 * random.NextDouble() });
    }
}
