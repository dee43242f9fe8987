using System.CommandLine;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope sign</c>: a signature that cosign reads too.</summary>
internal static class SignCommand
{
    public static Command Create()
    {
        var reference = new Argument<string>("envelope")
        {
            Description = "A name (the newest envelope of it), name@sha256:..., or oci://host/repository:tag, which is "
                + "signed in its registry.",
            HelpName = "envelope",
            CompletionSources = { Offers.Names },
        };
        var key = new Option<string>("--key")
        {
            Description = $"A PEM file with an EC P-256 private key. {SigningKey.PasswordVariable} has its password.",
            Required = true,
        };
        var annotations = new Option<string[]>("--annotation", "-a")
        {
            Description = "NAME=VALUE, which is signed besides; any number of times.",
        };
        var identity = new Option<string?>("--identity")
        {
            Description = "What it calls the envelope; if absent its name, or HOST/REPOSITORY in a registry.",
        };
        var command = new ToolCommand(
            "sign",
            "Signs an envelope as cosign does.",
            "envelope sign diamond-price --key key.pem",
            "envelope sign oci://ghcr.io/team/diamond-price:v1 --key key.pem -a reviewer=ada")
        {
            reference,
            key,
            annotations,
            identity,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var signed = Parse(parsed.GetValue(annotations) ?? []);
            using var owner = SigningKey.Load(parsed.GetRequiredValue(key));
            var made = await EnvelopeStore.Default.SignAsync(
                parsed.GetRequiredValue(reference), owner, parsed.GetValue(identity), signed, cancellation);
            var done = made.IsNew ? "is signed" : "was signed already";
            var json = JsonParts.Of(made.Reference);
            json["signature"] = JsonParts.Claim(made.Claim, owner.PublicKey);
            json["isNew"] = made.IsNew;
            Answer.Write(
                parsed,
                json,
                $"{made.Reference} {done} as {Texts.Claim(made.Claim)} with the key {owner.PublicKey}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Dictionary<string, string> Parse(IEnumerable<string> annotations)
    {
        var parsed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in annotations)
        {
            var sign = one.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || !parsed.TryAdd(one[..sign], one[(sign + 1)..]))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"'{one}' is no annotation, or its name is there twice. Write NAME=VALUE, each name once.");
            }
        }

        return parsed;
    }
}
