using System.CommandLine;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope verify</c>: whether every file of an envelope is what was saved, and whether a trusted key signed it.
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
        var command = new Command(
            "verify",
            "Checks every file of an envelope against its digest, and with a key who signed it, as in: envelope verify "
            + "diamond-price --key key.pub")
        {
            reference,
            keys,
        };
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

            return 0;
        });
        return command;
    }
}
