using System.CommandLine;
using EnvelopeSdk.Packing;

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
        var command = new Command("export", "Writes an envelope to a single file, for mail or a share.")
        {
            reference,
            file,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolved = await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(reference), EnvelopeStore.Default, cancellation);
            var path = parsed.GetValue(file) ?? resolved.Content.Record.Name + EnvelopeArchive.Extension;
            await EnvelopeArchive.ExportAsync(
                resolved.Content, resolved.Journal, path, await resolved.ReadSignaturesAsync(cancellation),
                cancellation);
            Console.WriteLine($"Wrote {Path.GetFullPath(path)}");
            return 0;
        });
        return command;
    }
}
