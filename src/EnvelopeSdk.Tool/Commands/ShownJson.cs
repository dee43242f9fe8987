using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>What is in an envelope, for programs.</summary>
internal static class ShownJson
{
    public static async Task<JsonObject> OfAsync(
        ResolvedEnvelope resolved, bool withHistory, CancellationToken cancellation)
    {
        var (content, journal) = resolved;
        var saved = journal.Events.LastOrDefault(one => one.Kind == JournalEventKind.Saved);
        var json = JsonParts.Of(content.Reference);
        json["saved"] = JsonParts.Time(saved?.Time);
        json["savedBy"] = saved?.Who;
        json["ci"] = JsonParts.Ci(saved?.Ci);
        json["tags"] = JsonParts.Tags(journal.Labels.Tags);
        json["metrics"] = JsonParts.Metrics(journal.Labels.Metrics);
        json["series"] = JsonParts.Series(journal);
        json["signatures"] = await CountAsync(resolved, cancellation);
        json["files"] = JsonParts.Array(
            content.Files, file => new JsonObject { ["path"] = file.Path, ["size"] = file.Size });
        json["record"] = JsonNode.Parse(await content.ReadAsync(EnvelopeContent.RecordPath, cancellation));
        if (withHistory)
        {
            json["history"] = JsonParts.Array(journal.Events, one => JsonParts.Change(journal, one));
        }

        return json;
    }

    /// <returns>Null when they cannot be read, which hides nothing else.</returns>
    private static async Task<int?> CountAsync(ResolvedEnvelope resolved, CancellationToken cancellation)
    {
        try
        {
            return (await resolved.ReadSignaturesAsync(cancellation)).Count;
        }
        catch (EnvelopeException failure)
        {
            Console.Error.WriteLine($"The signatures cannot be read: {Texts.PlainLines(failure.Message)}");
            return null;
        }
    }
}
