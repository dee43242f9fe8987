using System.CommandLine;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope delete</c>: takes an envelope out of the store.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var envelope = new Argument<string>("envelope")
        {
            Description = "name@sha256:..., whole: what is newest may have changed since you looked.",
        };
        var command = new ToolCommand(
            "delete",
            "Takes an envelope out of the store, with its tags and metrics. 'envelope gc' then frees its space.",
            "envelope delete diamond-price@sha256:" + new string('0', 64))
        {
            envelope,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = parsed.GetRequiredValue(envelope);
            var store = StoreInUse.Open();
            if (text.Split('@') is not [var name, var version] || !Digest.TryParse(version, out var digest))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{text}' is no envelope but a name. Give the digest too, as 'envelope list' has it: name@sha256:...");
            }

            // It is not opened: a damaged one can be deleted as well.
            var reference = new EnvelopeReference(name, digest);
            if (!await store.DeleteAsync(reference, cancellation))
            {
                throw new EnvelopeException(
                    EnvelopeError.NotFound, $"There is no envelope {reference} in '{store.Address}'.");
            }

            Answer.Write(parsed, JsonParts.Of(reference), $"{reference} is deleted.");
            return ExitCodes.Done;
        });
        return command;
    }
}
