using System.CommandLine;
using EnvelopeSdk.Envelopes;

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
        var command = new Command(
            "delete",
            "Takes an envelope out of the store, with its tags and metrics. 'envelope gc' then frees its space.")
        {
            envelope,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = parsed.GetRequiredValue(envelope);
            var store = StoreInUse.Open();
            if (text.Split('@') is not [var name, var version] || !Digest.TryParse(version, out var digest))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{text}' may be any of its name. Name one: name@sha256:...");
            }

            // It is not opened: a damaged one can be deleted as well.
            var reference = new EnvelopeReference(name, digest);
            Console.WriteLine(await store.DeleteAsync(reference, cancellation)
                ? $"{reference} is deleted."
                : throw new EnvelopeException(
                    EnvelopeError.NotFound, $"There is no envelope {reference} in '{store.Address}'."));
            return 0;
        });
        return command;
    }
}
