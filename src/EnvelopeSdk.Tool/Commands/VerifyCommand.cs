using System.CommandLine;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tool.Output;

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
        var command = new ToolCommand(
            "verify",
            "Checks every file of an envelope against its digest, and with a key who signed it.",
            "envelope verify diamond-price",
            "envelope verify diamond-price --key key.pub")
        {
            reference,
            keys,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var trusted = (parsed.GetValue(keys) ?? []).Select(VerificationKey.Load).ToList();
            try
            {
                return await RunAsync(parsed, parsed.GetRequiredValue(reference), trusted, cancellation);
            }
            catch (EnvelopeException damage) when (damage.Error == EnvelopeError.Damaged)
            {
                Answer.Fail(parsed, damage);
                return ExitCodes.NotSound; // it is what was asked
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string reference, List<VerificationKey> trusted, CancellationToken cancellation)
    {
        var resolved = await EnvelopeResolver.OpenAsync(reference, EnvelopeStore.Default, cancellation);
        var content = resolved.Content;
        var signature = trusted.Count == 0 ? null : await resolved.VerifySignatureAsync(trusted, cancellation);
        await content.VerifyAsync(cancellation);
        var json = JsonParts.Of(content.Reference);
        json["files"] = content.Files.Count();
        json["signature"] = signature is null ? null : JsonParts.Claim(signature.Claim, signature.Key);
        Answer.Write(
            parsed,
            json,
            $"{content.Reference} is sound: {content.Files.Count()} files."
            + (signature is null
                ? ""
                : $"\nIt is signed as {Texts.Claim(signature.Claim)} with the key {signature.Key}."));
        return ExitCodes.Done;
    }
}
