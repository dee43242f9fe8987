using System.CommandLine;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope verify</c>: whether every file of an envelope is what was saved, whether a trusted key signed it, and
/// whether it can be built again.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var reference = Arguments.Reference();
        var keys = new Option<string[]>("--key")
        {
            Description = "A PEM file with a public key that must have signed it; of several, any of them.",
        };
        var feeds = new FeedOptions();
        var command = new Command(
            "verify",
            "Checks every file of an envelope against its digest, with a key who signed it, and with --feeds whether its "
            + "packages can still be had. Exit code 0: sound; 1: damaged, or a package is missing or has other content; "
            + "3: a feed did not answer, so that this is not known. Vulnerable, deprecated and unlisted packages are "
            + "told, and end with 1 only if --fail-on says so.")
        {
            reference,
            keys,
        };
        feeds.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var trusted = (parsed.GetValue(keys) ?? []).Select(VerificationKey.Load).ToList();
            var resolved = await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(reference), EnvelopeStore.Default, cancellation);
            var signature = trusted.Count == 0 ? null : await resolved.VerifySignatureAsync(trusted, cancellation);
            await resolved.Content.VerifyAsync(cancellation);
            Console.WriteLine(
                $"{resolved.Content.Record.Name}@{resolved.Content.Digest} is sound: {resolved.Content.Files.Count()} "
                + "files.");
            if (signature is not null)
            {
                Console.WriteLine($"It is signed as {Texts.Claim(signature.Claim)} with the key {signature.Key}.");
            }

            return feeds.IsAsked(parsed)
                ? await feeds.RunAsync(parsed, resolved.Content.Record.Packages, cancellation)
                : 0;
        });
        return command;
    }
}
