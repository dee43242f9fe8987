namespace EnvelopeSdk.Journal;

/// <summary>One value of a metric.</summary>
/// <param name="Step">The step that it was recorded for; null for one without.</param>
/// <param name="Time">When it was recorded, in UTC.</param>
/// <param name="Value">The value.</param>
public sealed record MetricPoint(long? Step, DateTimeOffset Time, Metric Value);
