using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Metrics;

namespace EnvelopeSdk.Journal;

/// <summary>Events as text: one JSON object in each line, each line ended by a line feed.</summary>
internal static class JournalLines
{
    /// <summary>Lines of this version and each later one are sealed. The first one's are not.</summary>
    private const int FirstSealed = 2;

    /// <summary>Writes events.</summary>
    public static byte[] Write(IEnumerable<JournalEvent> events)
    {
        using var text = new MemoryStream();
        foreach (var one in events)
        {
            if (one.Line is { } line)
            {
                text.Write(Encoding.UTF8.GetBytes(line + '\n'));
                continue;
            }

            var json = JsonSerializer.SerializeToUtf8Bytes(one, JournalJsonContext.Readable.JournalEvent);
            text.Write(one.Version < FirstSealed ? json : SealedLine.Seal(json));
            text.WriteByte((byte)'\n');
        }

        return text.ToArray();
    }

    /// <summary>
    /// How many of the bytes are whole lines: a writer that died in the middle of a line leaves one without its end.
    /// The last one is whole if only its line feed is missing, or is another byte.
    /// </summary>
    public static int WholeLength(ReadOnlySpan<byte> text)
    {
        var lines = text.LastIndexOf((byte)'\n') + 1;
        var rest = text[lines..];
        return SealedLine.IsSealed(rest) ? text.Length
            : rest.Length > 0 && SealedLine.IsSealed(rest[..^1]) ? text.Length - 1
            : lines;
    }

    /// <summary>Says what keeps an event from being one of an envelope's journal.</summary>
    /// <returns>Null when nothing does.</returns>
    public static string? WhyUnsound(JournalEvent one, Digest envelope) => one switch
    {
        _ when one.Envelope != envelope => $"It is of the envelope {one.Envelope} and not of {envelope}.",
        _ when one.Time > JournalEvent.Latest => $"No event can be later than its time, {one.Time:O}.",
        { Kind: JournalEventKind.Saved } or { Line: not null } => null,
        { Kind: not (JournalEventKind.Tag or JournalEventKind.Metric) } =>
            $"There are no events of the kind {one.Kind}.",
        { Name: null } => "It has no name.",
        { Value: null } or { Kind: JournalEventKind.Tag, Value.ValueKind: JsonValueKind.String } => null,
        { Kind: JournalEventKind.Tag } => "The value of a tag is a string.",
        { Value: { } value } => MetricJson.WhyUnsound(value),
    };

    /// <summary>
    /// Reads the events of whole lines. A line of a newer version without what every version has is passed over.
    /// </summary>
    /// <exception cref="EnvelopeException">A line is not an event of the envelope.</exception>
    public static List<JournalEvent> Read(ReadOnlySpan<byte> text, string path, Digest envelope)
    {
        var events = new List<JournalEvent>();
        text = text[..WholeLength(text)];
        for (var number = 1; !text.IsEmpty; number++)
        {
            var line = FirstOf(text);
            if (Read(line, path, envelope, number) is { } one)
            {
                events.Add(one);
            }

            text = text[Math.Min(line.Length + 1, text.Length)..];
        }

        return events;
    }

    /// <summary>The lines, each without its line feed.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            var length = FirstOf(text.Span).Length;
            yield return text[..length];
            text = text[Math.Min(length + 1, text.Length)..];
        }
    }

    /// <summary>Says what keeps a line from being read; null when nothing does.</summary>
    public static string? DamageOf(ReadOnlySpan<byte> line, Digest envelope)
    {
        try
        {
            Read(line, "", envelope, 0);
            return null;
        }
        catch (EnvelopeException damaged)
        {
            return damaged.InnerException?.Message ?? damaged.Message;
        }
    }

    private static JournalEvent? ReadNewer(ReadOnlySpan<byte> line, Digest envelope)
    {
        try
        {
            var known = JsonSerializer.Deserialize(line, JournalJsonContext.Default.NewerEvent);
            var isKept = known?.Envelope == envelope && known.Time <= JournalEvent.Latest && Utf8.IsValid(line);
            return !isKept ? null : new()
            {
                Version = known!.Version,
                Id = known.Id,
                Envelope = known.Envelope,
                Kind = JournalEventKind.Newer,
                Time = known.Time,
                Line = Encoding.UTF8.GetString(line),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> text) =>
        text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;

    private static JournalEvent? Read(ReadOnlySpan<byte> line, string path, Digest envelope, int number)
    {
        var json = JournalJsonContext.Default;
        try
        {
            var version = JsonSerializer.Deserialize(line, json.JournalVersion)?.Version;
            if (!SealedLine.IsSealed(line) && (version >= FirstSealed || SealedLine.HasSum(line)))
            {
                throw new JsonException("It was changed: its check sum is not the one of its text.");
            }

            if (version is null or < 1)
            {
                throw new JsonException("It has no version.");
            }

            if (version > JournalEvent.CurrentVersion)
            {
                return ReadNewer(line, envelope);
            }

            var one = JsonSerializer.Deserialize(line, json.JournalEvent) ?? throw new JsonException("It is null.");
            if (one.Value is { } value)
            {
                value.WriteTo(new Utf8JsonWriter(Stream.Null)); // which refuses half of a character
            }

            return WhyUnsound(one, envelope) is { } reason ? throw new JsonException(reason) : one;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"Line {number} of the journal '{path}' cannot be read: {malformed.Message} Restore it from a copy, or "
                + "take the line out: what it said of tags and metrics is lost then.",
                malformed);
        }
    }
}

/// <summary>The member of an event that says its version.</summary>
internal sealed record JournalVersion(int Version);

/// <summary>The members of an event that every version of it has.</summary>
internal sealed record NewerEvent
{
    public required int Version { get; init; }

    public required Guid Id { get; init; }

    public required Digest Envelope { get; init; }

    public required DateTimeOffset Time { get; init; }
}
