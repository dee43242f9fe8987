using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Journal;

/// <summary>
/// All that happened to one envelope. Journals merge: of two with the same events, however they came together, the same
/// is known. For each key, of kind, name and step, the latest event holds, of two at one time that with the greater id.
/// </summary>
public sealed class EnvelopeJournal
{
    /// <summary>The one of an envelope of which nothing is known.</summary>
    public static readonly EnvelopeJournal Empty = new([]);

    private Dictionary<Guid, JsonElement?>? _before;

    private EnvelopeJournal(IReadOnlyList<JournalEvent> events) => Events = events;

    /// <summary>The events, the earliest first.</summary>
    public IReadOnlyList<JournalEvent> Events { get; }

    /// <summary>When the envelope was saved last; null when it is not known.</summary>
    public DateTimeOffset? Saved => Events.LastOrDefault(one => one.Kind == JournalEventKind.Saved)?.Time;

    /// <summary>The tags and metrics that hold.</summary>
    public EnvelopeLabels Labels => new()
    {
        Tags = new(
            Holding(JournalEventKind.Tag).ToDictionary(one => one.Name!, one => one.Value!.Value.GetString()!),
            StringComparer.Ordinal),
        Metrics = new(
            Metrics.Where(series => series.Value[^1].Value.Number is not null)
                .ToDictionary(series => series.Key, series => series.Value[^1].Value.Number!.Value),
            StringComparer.Ordinal),
        Structures = new(
            Metrics.Where(series => series.Value[^1].Value.Number is null)
                .ToDictionary(series => series.Key, series => series.Value[^1].Value.ToJson()),
            StringComparer.Ordinal),
        Saved = Saved,
    };

    /// <summary>
    /// The metrics that hold, by their names: of each the points by their steps, and last the one without a step. The
    /// last is what the metric is.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>> Metrics =>
        new SortedDictionary<string, IReadOnlyList<MetricPoint>>(
            Holding(JournalEventKind.Metric).GroupBy(one => one.Name!).ToDictionary(
                series => series.Key,
                IReadOnlyList<MetricPoint> (series) =>
                [
                    .. series.OrderBy(one => one.Step is null).ThenBy(one => one.Step)
                        .Select(one => new MetricPoint(one.Step, one.Time, Metric.Read(one.Value!.Value))),
                ]),
            StringComparer.Ordinal);

    /// <summary>Makes a journal of events in any order, of which some may be there twice.</summary>
    /// <param name="events">Events of one envelope.</param>
    public static EnvelopeJournal Of(IEnumerable<JournalEvent> events) =>
        new(
        [
            .. events.OrderBy(one => one.Line, StringComparer.Ordinal).DistinctBy(one => one.Id)
                .OrderBy(one => one.Time).ThenBy(one => one.Id),
        ]);

    /// <summary>The journal with more events.</summary>
    /// <param name="events">Events of the same envelope, some of which it may have.</param>
    public EnvelopeJournal With(IEnumerable<JournalEvent> events) => Of(Events.Concat(events));

    /// <summary>The value that an event's key had before it.</summary>
    /// <param name="one">An event of the journal.</param>
    /// <returns>Null when it had none.</returns>
    public JsonElement? ValueBefore(JournalEvent one)
    {
        ArgumentNullException.ThrowIfNull(one);
        var before = _before ??= ValuesBefore();
        return before.TryGetValue(one.Id, out var value)
            ? value
            : Events.LastOrDefault(other => KeyOf(other) == KeyOf(one))?.Value;
    }

    private Dictionary<Guid, JsonElement?> ValuesBefore()
    {
        var values = new Dictionary<(JournalEventKind, string?, long?), JsonElement?>();
        var before = new Dictionary<Guid, JsonElement?>();
        foreach (var one in Events)
        {
            before[one.Id] = values.GetValueOrDefault(KeyOf(one));
            values[KeyOf(one)] = one.Value;
        }

        return before;
    }

    /// <summary>What an event gives a value; the latest event of a key holds.</summary>
    internal static (JournalEventKind Kind, string? Name, long? Step) KeyOf(JournalEvent one) =>
        (one.Kind, one.Name, one.Step);

    private IEnumerable<JournalEvent> Holding(JournalEventKind kind) =>
        Events.Where(one => one.Kind == kind).GroupBy(KeyOf).Select(key => key.Last())
            .Where(one => one.Value is not null);
}
