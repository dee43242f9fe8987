using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Journal;

/// <summary>
/// Makes the events of one writer. Each is later than all that the writer saw before it, whatever its clock says.
/// </summary>
public sealed class JournalWriter
{
    private readonly TimeProvider _clock;
    private readonly List<JournalEvent> _events = [];
    private readonly Digest _envelope;
    private readonly EnvelopeLabels _labels;
    private DateTimeOffset _last;

    /// <summary>Begins to write.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="known">What the writer knows of it.</param>
    /// <param name="clock">The writer's clock.</param>
    public JournalWriter(Digest envelope, EnvelopeJournal known, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(known);
        (_envelope, _labels, _clock) = (envelope, known.Labels, clock);
        _last = known.Events.Count == 0 ? DateTimeOffset.MinValue : known.Events[^1].Time;
    }

    /// <summary>Who writes.</summary>
    public string? Who { get; init; }

    /// <summary>The CI job that writes.</summary>
    public CiJob? Ci { get; init; }

    /// <summary>What was written.</summary>
    public IReadOnlyList<JournalEvent> Events => _events;

    /// <summary>Writes that the envelope was saved.</summary>
    /// <param name="after">
    /// When the newest envelope of its name was saved, which this one follows; null when there is none.
    /// </param>
    public void Save(DateTimeOffset? after = null)
    {
        _last = after > _last ? after.Value : _last;
        Add(JournalEventKind.Saved, null, null);
    }

    /// <summary>Writes the value of a tag, unless it has that already.</summary>
    /// <param name="name">The tag.</param>
    /// <param name="value">Its value.</param>
    public void SetTag(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_labels.Tags.GetValueOrDefault(name) != value)
        {
            _labels.Tags[name] = value;
            Add(
                JournalEventKind.Tag,
                name,
                JsonSerializer.SerializeToElement(value, JournalJsonContext.Default.String));
        }
    }

    /// <summary>Writes the value of a metric, unless it has that already.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="value">Its value; NaN and the infinities are recorded as such.</param>
    public void SetMetric(string name, double value)
    {
        if (!_labels.Metrics.TryGetValue(name, out var known) || !known.Equals(value))
        {
            _labels.Metrics[name] = value;
            Add(
                JournalEventKind.Metric,
                name,
                MetricValue.Write(value));
        }
    }

    private void Add(JournalEventKind kind, string? name, JsonElement? value)
    {
        var now = _clock.GetUtcNow();
        _last = now > _last ? now : _last.AddTicks(1);
        _events.Add(new JournalEvent
        {
            Id = Guid.CreateVersion7(_last < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : _last),
            Envelope = _envelope,
            Kind = kind,
            Name = name,
            Value = value,
            Time = _last,
            Who = Who,
            Ci = Ci,
        });
    }
}
