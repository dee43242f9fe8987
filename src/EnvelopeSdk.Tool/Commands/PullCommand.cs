using System.CommandLine;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope pull</c>: an envelope from a registry into the store.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var address = new Argument<string>("address")
        {
            Description = "oci://host/repository:tag, the tag 'latest' if absent, or oci://host/repository@sha256:...",
        };
        var command = new ToolCommand(
            "pull",
            "Puts an envelope of an OCI registry into the store, after checking it, with its tags and metrics.",
            "envelope pull oci://ghcr.io/team/diamond-price:v1")
        {
            address,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var display = ProgressDisplay.Create("Pulling");
            var pulled = await EnvelopeStore.Default.PullAsync(
                parsed.GetRequiredValue(address), display, cancellation);
            display?.Dispose();
            Answer.Write(parsed, JsonParts.Of(pulled), $"Pulled {pulled}");
            return ExitCodes.Done;
        });
        return command;
    }
}
