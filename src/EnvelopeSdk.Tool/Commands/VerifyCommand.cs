using System.CommandLine;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope verify</c>: whether every file of an envelope is what was saved.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var reference = Arguments.Reference();
        var command = new Command("verify", "Checks every file of an envelope against its digest.") { reference };
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolved = await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(reference), EnvelopeStore.Default, cancellation);
            await resolved.Content.VerifyAsync(cancellation);
            Console.WriteLine(
                $"{resolved.Content.Record.Name}@{resolved.Content.Digest} is sound: {resolved.Content.Files.Count()} "
                + "files.");
            return 0;
        });
        return command;
    }
}
