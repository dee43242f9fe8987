using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Tests.Support;

/// <summary>Events made by hand.</summary>
internal static class Events
{
    public static readonly Digest Envelope = Digest.Of("an envelope"u8);

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static JournalEvent Saved(Digest envelope, DateTimeOffset time) => new()
    {
        Id = Guid.NewGuid(),
        Envelope = envelope,
        Kind = JournalEventKind.Saved,
        Time = time,
    };

    /// <param name="name">The tag.</param>
    /// <param name="value">Its value; null where it is removed.</param>
    /// <param name="minutes">When, after noon.</param>
    /// <param name="id">The last digits of its id.</param>
    public static JournalEvent Tag(string name, string? value, int minutes, int? id = null) => new()
    {
        Id = id is { } digits ? new Guid(0, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)digits]) : Guid.NewGuid(),
        Envelope = Envelope,
        Kind = JournalEventKind.Tag,
        Name = name,
        Value = value is null ? null : JsonSerializer.SerializeToElement(value),
        Time = Noon.AddMinutes(minutes),
    };

    public static JournalEvent Metric(string name, double? value, int minutes, long? step = null) => new()
    {
        Id = Guid.NewGuid(),
        Envelope = Envelope,
        Kind = JournalEventKind.Metric,
        Name = name,
        Step = step,
        Value = value is null ? null : JsonSerializer.SerializeToElement(value),
        Time = Noon.AddMinutes(minutes),
    };
}
