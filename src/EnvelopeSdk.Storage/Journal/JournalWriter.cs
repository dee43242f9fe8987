using System.Buffers.Binary;
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
    private readonly Dictionary<(JournalEventKind Kind, string? Name, long? Step), JsonElement?> _values;
    private readonly Digest _envelope;
    private DateTimeOffset _last;
    private Guid _lastId;

    /// <summary>Begins to write.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="known">What the writer knows of it.</param>
    /// <param name="clock">The writer's clock.</param>
    public JournalWriter(Digest envelope, EnvelopeJournal known, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(known);
        (_envelope, _clock) = (envelope, clock);
        _values = known.Events.GroupBy(EnvelopeJournal.KeyOf).ToDictionary(key => key.Key, key => key.Last().Value);
        (_last, _lastId) = known.Events is [.., var latest]
            ? (latest.Time, latest.Id)
            : (DateTimeOffset.MinValue, default);
    }

    /// <summary>Begins to write for the user, and the CI job if there is one, that runs this process.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="known">What the writer knows of it.</param>
    public static JournalWriter OfThisProcess(Digest envelope, EnvelopeJournal known) =>
        new(envelope, known, TimeProvider.System)
        {
            Who = Environment.UserName is { Length: > 0 } user ? user : null,
            Ci = CiCapture.Capture(Environment.GetEnvironmentVariable),
        };

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
        Set(JournalEventKind.Tag, name, JsonSerializer.SerializeToElement(value, JournalJsonContext.Default.String));
    }

    /// <summary>Writes that a tag was taken away, unless it is not there.</summary>
    /// <param name="name">The tag.</param>
    public void RemoveTag(string name) => Set(JournalEventKind.Tag, name, null);

    /// <summary>Writes the value of a metric, unless it has that already.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="value">Its value: a number, of which NaN and the infinities are recorded as such, or more.</param>
    /// <param name="step">
    /// The step of a metric that is recorded again and again while a model is trained; each has a value of its own.
    /// </param>
    /// <exception cref="EnvelopeException">The value cannot be written.</exception>
    public void SetMetric(string name, Metric value, long? step = null) =>
        Set(JournalEventKind.Metric, name, value.ToJson(), step);

    private void Set(JournalEventKind kind, string name, JsonElement? value, long? step = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var known = _values.GetValueOrDefault((kind, name, step));
        if (!IsSame(known, value))
        {
            _values[(kind, name, step)] = value;
            Add(kind, name, value, step);
        }
    }

    /// <summary>By what they say, however it was written.</summary>
    private static bool IsSame(JsonElement? one, JsonElement? other) =>
        one is { } first && other is { } second ? JsonElement.DeepEquals(first, second) : one is null && other is null;

    private void Add(JournalEventKind kind, string? name, JsonElement? value, long? step = null)
    {
        var isEnd = _last >= JournalEvent.Latest;
        var now = _clock.GetUtcNow();
        _last = isEnd || now > JournalEvent.Latest ? JournalEvent.Latest : now > _last ? now : _last.AddTicks(1);
        var id = Guid.CreateVersion7(_last < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : _last);
        _lastId = isEnd && id.CompareTo(_lastId) <= 0 ? Following(_lastId) : id;
        _events.Add(new JournalEvent
        {
            Id = _lastId,
            Envelope = _envelope,
            Kind = kind,
            Name = name,
            Step = step,
            Value = value,
            Time = _last,
            Who = Who,
            Ci = Ci,
            IsMadeHere = true,
        });
    }

    /// <summary>
    /// The next greater id. Where somebody's clock was at the end of all times no later one is left to an event, and of
    /// two at one time that with the greater id holds.
    /// </summary>
    private static Guid Following(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var next = BinaryPrimitives.ReadUInt128BigEndian(bytes) + 1;
        BinaryPrimitives.WriteUInt128BigEndian(bytes, next == 0 ? UInt128.MaxValue : next);
        return new Guid(bytes, bigEndian: true);
    }
}
