using System.CommandLine;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope import</c>: an envelope from a file into the store.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A .envelope file." };
        var command = new Command("import", "Puts the envelope of a file into the store, after checking it.") { file };
        command.SetAction(async (parsed, cancellation) =>
        {
            var imported = await EnvelopeArchive.ImportAsync(
                parsed.GetRequiredValue(file), EnvelopeStore.Default, cancellation);
            Console.WriteLine($"Imported {imported}");
            return 0;
        });
        return command;
    }
}
