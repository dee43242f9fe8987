using System.CommandLine;
using System.Text.Json.Nodes;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope diff</c>: whether one envelope can take another's place without its callers' noticing.
/// </summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("before")
        {
            Description = "The envelope that callers know: NAME, NAME@sha256:DIGEST, a .envelope file, or "
                + "oci://HOST/REPOSITORY:TAG.",
            HelpName = "before",
            CompletionSources = { Offers.Names },
        };
        var after = new Argument<string>("after")
        {
            Description = "The envelope that is to take its place.",
            HelpName = "after",
            CompletionSources = { Offers.Names },
        };
        var command = new ToolCommand(
            "diff",
            "Compares the schemas of two envelopes: exit code 0 when callers of the first can call the second, 1 when "
            + "not.",
            "envelope diff diamond-price@sha256:" + new string('0', 64) + " diamond-price",
            "envelope diff old.envelope oci://ghcr.io/team/diamond-price:v2")
        {
            before,
            after,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var old = (await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(before), EnvelopeStore.Default, cancellation)).Content;
            var now = (await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(after), EnvelopeStore.Default, cancellation)).Content;
            var changes = SchemaComparison.Compare(old.Record.Schema, now.Record.Schema);
            var isBreaking = changes.Any(change => change.IsBreaking);
            var json = new JsonObject
            {
                ["before"] = JsonParts.Of(old.Reference),
                ["after"] = JsonParts.Of(now.Reference),
                ["isBreaking"] = isBreaking,
                ["changes"] = JsonParts.Array(changes, change => new JsonObject
                {
                    ["pointer"] = change.Pointer,
                    ["isBreaking"] = change.IsBreaking,
                    ["reason"] = change.Reason,
                }),
            };
            Answer.Write(parsed, json, Describe(changes));
            return isBreaking ? ExitCodes.NotSound : ExitCodes.Done;
        });
        return command;
    }

    private static string Describe(IReadOnlyList<SchemaChange> changes) => changes.Count == 0
        ? "No difference that a caller could see."
        : string.Join(
            '\n',
            changes.Select(
                change => $"{(change.IsBreaking ? "breaking  " : "compatible")}  {change.Pointer}: {change.Reason}"));
}
