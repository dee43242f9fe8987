using System.CommandLine;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope push</c>: an envelope from the store into a registry.</summary>
internal static class PushCommand
{
    public static Command Create()
    {
        var reference = Arguments.Stored();
        var address = new Argument<string>("address")
        {
            Description = "oci://host/repository:tag; the tag is 'latest' if absent.",
        };
        var from = new Option<string?>("--mount-from")
        {
            Description = "Another repository of the registry; what it has of the envelope is taken from there.",
        };
        var command = new ToolCommand(
            "push",
            "Sends an envelope to an OCI registry, with its tags and metrics.",
            "envelope push diamond-price oci://ghcr.io/team/diamond-price:v1")
        {
            reference,
            address,
            from,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var store = EnvelopeStore.Default;
            var found = await Arguments.FindAsync(parsed.GetRequiredValue(reference), store, cancellation);
            using var display = ProgressDisplay.Create("Pushing");
            var pushed = await store.PushAsync(
                found.Content.Reference, parsed.GetRequiredValue(address), parsed.GetValue(from), display,
                cancellation);
            display?.Dispose();
            var json = JsonParts.Of(found.Content.Reference);
            json["address"] = pushed;
            Answer.Write(parsed, json, $"Pushed {pushed}");
            return ExitCodes.Done;
        });
        return command;
    }
}
