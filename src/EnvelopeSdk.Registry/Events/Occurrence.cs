using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Events;

/// <summary>What is told of an envelope, a deployment or a batch.</summary>
internal sealed record Occurrence(
    string Kind, string? Subject, long? Step, JsonElement? Value, string? Who, DateTimeOffset Time)
{
    /// <summary>What has happened between what the index knew of an envelope and what is known now.</summary>
    /// <param name="before">What it knew; null: nothing.</param>
    /// <param name="now">What is known; null: it is no more.</param>
    /// <param name="time">The time of what has none.</param>
    public static IReadOnlyList<Occurrence> Between(EnvelopeFacts? before, EnvelopeFacts? now, DateTimeOffset time)
    {
        if (now is null)
        {
            return before is null ? [] : [new(RegistryEventKind.Deleted, null, null, null, null, time)];
        }

        var events = now.Journal.Events
            .Where(one => one.Kind != JournalEventKind.Newer && (before is null || EventPlace.Of(one) > before.Latest))
            .Select(Of).ToList();
        List<Occurrence> told =
        [
            .. events.Where((one, i) => one.Step is null || !events.Skip(i + 1).Any(one.IsBefore)),
        ];
        return [.. told, .. Merged(before, now, told, time)];
    }

    private static Occurrence Of(JournalEvent one) => new(
        one.Kind switch
        {
            JournalEventKind.Saved => RegistryEventKind.Saved,
            JournalEventKind.Tag => RegistryEventKind.Tagged,
            _ => RegistryEventKind.MetricRecorded,
        },
        one.Name, one.Step, one.Value, one.Who, one.Time);

    private bool IsBefore(Occurrence later) =>
        (later.Kind, later.Subject) == (Kind, Subject) && later.Step is not null;

    /// <summary>What older events that came only now have changed: they were made elsewhere.</summary>
    private static IEnumerable<Occurrence> Merged(
        EnvelopeFacts? before, EnvelopeFacts now, List<Occurrence> told, DateTimeOffset time)
    {
        var (old, labels) = (before?.Labels, now.Labels);
        var isTold = told.Select(one => (one.Kind, one.Subject)).ToHashSet();
        if (before is null)
        {
            yield break;
        }

        if (before.Saved < now.Saved && !isTold.Contains((RegistryEventKind.Saved, null)))
        {
            yield return new(RegistryEventKind.Saved, null, null, null, now.SavedBy, new(now.Saved, TimeSpan.Zero));
        }

        foreach (var name in old!.Tags.Keys.Union(labels.Tags.Keys))
        {
            var value = labels.Tags.GetValueOrDefault(name);
            if (old.Tags.GetValueOrDefault(name) != value && !isTold.Contains((RegistryEventKind.Tagged, name)))
            {
                yield return new(
                    RegistryEventKind.Tagged, name, null, value is null ? null : JsonElement.Parse(Quoted(value)), null,
                    time);
            }
        }

        foreach (var (name, value) in labels.Metrics)
        {
            if (!(old.Metrics.TryGetValue(name, out var was) && was.Equals(value))
                && !isTold.Contains((RegistryEventKind.MetricRecorded, name)))
            {
                yield return new(
                    RegistryEventKind.MetricRecorded, name, null, ((Metric)value).ToJson(), null, time);
            }
        }
    }

    private static string Quoted(string value) => JsonSerializer.Serialize(value);
}

/// <summary>Where an event stands in a journal: by its time, then by its id.</summary>
internal readonly record struct EventPlace(long Ticks, Guid Id)
{
    public static EventPlace Of(JournalEvent one) => new(one.Time.UtcTicks, one.Id);

    public static EventPlace Parse(long ticks, string? id) =>
        new(ticks, id is null ? default : Guid.Parse(id, CultureInfo.InvariantCulture));

    public static bool operator >(EventPlace one, EventPlace other) =>
        one.Ticks > other.Ticks || (one.Ticks == other.Ticks && one.Id.CompareTo(other.Id) > 0);

    public static bool operator <(EventPlace one, EventPlace other) => other > one;
}
