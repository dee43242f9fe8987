using System.CommandLine;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope export</c>: an envelope as a single file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var reference = Arguments.Reference();
        var file = new Argument<string?>("file")
        {
            Description = "The file to write; NAME.envelope in this directory if absent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new ToolCommand(
            "export",
            "Writes an envelope to a single file, for mail or a share.",
            "envelope export diamond-price diamond-price.envelope")
        {
            reference,
            file,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolved = await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(reference), EnvelopeStore.Default, cancellation);
            var path = parsed.GetValue(file) ?? resolved.Content.Record.Name + EnvelopeArchive.Extension;
            using var display = ProgressDisplay.Create("Exporting");
            await EnvelopeArchive.ExportAsync(
                resolved.Content, resolved.Journal, path, await resolved.ReadSignaturesAsync(cancellation), display,
                cancellation);
            display?.Dispose();
            var json = JsonParts.Of(resolved.Content.Reference);
            json["path"] = Path.GetFullPath(path);
            Answer.Write(parsed, json, $"Wrote {Path.GetFullPath(path)}");
            return ExitCodes.Done;
        });
        return command;
    }
}
