using System.CommandLine;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>What a command changed of an envelope's tags and metrics.</summary>
internal static class Changes
{
    /// <summary>Prints what changed, a line each.</summary>
    /// <param name="parsed">Says in which form.</param>
    /// <param name="before">The envelope, as it was found.</param>
    /// <param name="journal">Its journal, as it is now.</param>
    public static void Write(ParseResult parsed, ResolvedEnvelope before, EnvelopeJournal journal)
    {
        var changes = journal.Events.ExceptBy(before.Journal.Events.Select(one => one.Id), one => one.Id).ToList();
        var json = JsonParts.Of(before.Content.Reference);
        json["changes"] = JsonParts.Array(changes, one => JsonParts.Change(journal, one));
        var lines = changes.Count == 0 ? ["It is so already."] : changes.Select(one => Texts.Change(journal, one));
        Answer.Write(parsed, json, string.Join("\n  ", lines.Prepend(before.Content.Reference.ToString())));
    }
}
