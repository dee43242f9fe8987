using System.CommandLine;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope import</c>: an envelope from a file into the store.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A .envelope file." };
        var command = new ToolCommand(
            "import",
            "Puts the envelope of a file into the store, after checking it.",
            "envelope import diamond-price.envelope")
        {
            file,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var display = ProgressDisplay.Create("Importing");
            var imported = await EnvelopeArchive.ImportAsync(
                parsed.GetRequiredValue(file), EnvelopeStore.Default, display, cancellation);
            display?.Dispose();
            Answer.Write(parsed, JsonParts.Of(imported), $"Imported {imported}");
            return ExitCodes.Done;
        });
        return command;
    }
}
