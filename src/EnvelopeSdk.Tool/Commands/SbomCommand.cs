using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnvelopeSdk.Tool.Bills;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope sbom</c>: what an envelope consists of, for those who keep watch over software.</summary>
internal static class SbomCommand
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n", // the same bytes on each system
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Base64 stays as it is
    };

    public static Command Create()
    {
        var reference = Arguments.Reference();
        var format = new Option<string>("--format")
        {
            Description = "cyclonedx (CycloneDX 1.6) or spdx (SPDX 2.3), in JSON.",
            DefaultValueFactory = _ => "cyclonedx",
        };
        format.AcceptOnlyFromAmong("cyclonedx", "spdx");
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; else it is printed." };
        var command = new ToolCommand(
            "sbom",
            "Writes the bill of materials of an envelope: its files, packages, and the run-time. The same envelope "
            + "gives the same bytes.",
            "envelope sbom diamond-price -o diamond-price.cdx.json",
            "envelope sbom diamond-price --format spdx")
        {
            reference, format, output,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolved = await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(reference), EnvelopeStore.Default, cancellation);
            var text = Write(Bill.Of(resolved.Content, resolved.Journal), parsed.GetRequiredValue(format));
            if (parsed.GetValue(output) is { } path)
            {
                await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), cancellation);
                Console.WriteLine($"Wrote {Path.GetFullPath(path)}");
            }
            else
            {
                Console.Write(text);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    internal static string Write(Bill bill, string format) =>
        (format == "spdx" ? Spdx.Write(bill) : CycloneDx.Write(bill)).ToJsonString(Options) + "\n";
}
