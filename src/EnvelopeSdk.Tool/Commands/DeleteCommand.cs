using System.CommandLine;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope delete</c>: takes an envelope out of the store.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var reference = new Argument<string>("envelope")
        {
            Description = "name@sha256:..., whole: what is newest may have changed since you looked.",
        };
        var command = new Command(
            "delete",
            "Takes an envelope out of the store, with its tags and metrics. 'envelope gc' then frees its space.")
        {
            reference,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = parsed.GetRequiredValue(reference);
            var store = StoreInUse.Open();
            var found = text.Contains('@')
                ? await Arguments.FindAsync(text, store, cancellation)
                : throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{text}' may be any of its name. Name one: name@sha256:...");
            await store.DeleteAsync(found.Content.Reference, cancellation);
            Console.WriteLine($"{found.Content.Reference} is deleted.");
            return 0;
        });
        return command;
    }
}
