using System.CommandLine;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tool.Output;

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
        var command = new ToolCommand(
            "verify",
            "Checks every file of an envelope against its digest, with --key who signed it, and with --feeds whether its "
            + "packages can still be had: 1 if one cannot, 5 if a feed did not answer. Vulnerable, deprecated and "
            + "unlisted packages are told, and end with 1 only if --fail-on says so.",
            "envelope verify diamond-price",
            "envelope verify diamond-price --key key.pub",
            "envelope verify diamond-price --feeds --fail-on vulnerable")
        {
            reference,
            keys,
            Answer.Json,
        };
        feeds.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var trusted = (parsed.GetValue(keys) ?? []).Select(VerificationKey.Load).ToList();
            try
            {
                return await RunAsync(parsed, parsed.GetRequiredValue(reference), trusted, feeds, cancellation);
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
        ParseResult parsed, string reference, List<VerificationKey> trusted, FeedOptions feeds,
        CancellationToken cancellation)
    {
        var resolved = await EnvelopeResolver.OpenAsync(reference, EnvelopeStore.Default, cancellation);
        var content = resolved.Content;
        var signature = trusted.Count == 0 ? null : await resolved.VerifySignatureAsync(trusted, cancellation);
        using (var display = ProgressDisplay.Create("Verifying"))
        {
            await content.VerifyAsync(display, cancellation);
        }

        var report = feeds.IsAsked(parsed)
            ? await feeds.AskAsync(parsed, content.Record.Packages, cancellation)
            : null;
        var json = JsonParts.Of(content.Reference);
        json["files"] = content.Files.Count();
        json["signature"] = signature is null ? null : JsonParts.Claim(signature.Claim, signature.Key);
        json["feeds"] = report is null ? null : FeedOptions.Json(report);
        Answer.Write(
            parsed,
            json,
            $"{content.Reference} is sound: {content.Files.Count()} files."
            + (signature is null
                ? ""
                : $"\nIt is signed as {Texts.Claim(signature.Claim)} with the key {signature.Key}."));
        return report is null ? ExitCodes.Done : feeds.Tell(parsed, report);
    }
}
