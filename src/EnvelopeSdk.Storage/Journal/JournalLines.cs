using System.Text.Json;

namespace EnvelopeSdk.Journal;

/// <summary>Events as text: one JSON object in each line, each line ended by a line feed.</summary>
internal static class JournalLines
{
    /// <summary>Writes events.</summary>
    public static byte[] Write(IEnumerable<JournalEvent> events)
    {
        using var text = new MemoryStream();
        foreach (var one in events)
        {
            JsonSerializer.Serialize(text, one, JournalJsonContext.Readable.JournalEvent);
            text.WriteByte((byte)'\n');
        }

        return text.ToArray();
    }

    /// <summary>How many of the bytes are whole lines: a writer that died in the middle of a line leaves one without its end.</summary>
    public static int WholeLength(ReadOnlySpan<byte> text) => text.LastIndexOf((byte)'\n') + 1;

    /// <summary>Reads the events of whole lines. Those of a newer version are passed over.</summary>
    /// <exception cref="EnvelopeException">A line is not an event.</exception>
    public static List<JournalEvent> Read(ReadOnlySpan<byte> text, string path)
    {
        var events = new List<JournalEvent>();
        text = text[..WholeLength(text)];
        for (var number = 1; !text.IsEmpty; number++)
        {
            var end = text.IndexOf((byte)'\n');
            if (Read(text[..end], path, number) is { } one)
            {
                events.Add(one);
            }

            text = text[(end + 1)..];
        }

        return events;
    }

    private static JournalEvent? Read(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJsonContext.Default.JournalVersion)?.Version > JournalEvent.CurrentVersion
                ? null
                : JsonSerializer.Deserialize(line, JournalJsonContext.Default.JournalEvent) ?? throw new JsonException("It is null.");
        }
        catch (JsonException malformed)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"Line {number} of the journal '{path}' cannot be read: {malformed.Message} Restore it from a copy, or take the "
                + "line out: what it said of tags and metrics is lost then.",
                malformed);
        }
    }
}

/// <summary>The one member of an event that every version of it has.</summary>
internal sealed record JournalVersion(int Version);
