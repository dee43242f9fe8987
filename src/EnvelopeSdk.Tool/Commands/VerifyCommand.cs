using System.CommandLine;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope verify</c>: whether its files are what was saved, and can be built again.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var reference = Arguments.Reference();
        var feeds = new FeedOptions();
        var command = new Command(
            "verify",
            "Checks every file of an envelope against its digest, and with --feeds whether its packages can still be "
            + "had. Exit code 0: sound; 1: damaged, or a package is missing or has other content; 3: a feed did not "
            + "answer, so that this is not known. Vulnerable, deprecated and unlisted packages are told, and end with "
            + "1 only if --fail-on says so.")
        {
            reference,
        };
        feeds.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolved = await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(reference), EnvelopeStore.Default, cancellation);
            await resolved.Content.VerifyAsync(cancellation);
            Console.WriteLine(
                $"{resolved.Content.Record.Name}@{resolved.Content.Digest} is sound: {resolved.Content.Files.Count()} "
                + "files.");
            return feeds.IsAsked(parsed)
                ? await feeds.RunAsync(parsed, resolved.Content.Record.Packages, cancellation)
                : 0;
        });
        return command;
    }
}
