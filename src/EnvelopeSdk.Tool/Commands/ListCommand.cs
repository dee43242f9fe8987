using System.CommandLine;
using EnvelopeSdk.Queries;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope list</c>: the envelopes in the store, or those that are asked for.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var query = new QueryOptions();
        var limit = new Option<int>("--limit")
        {
            Description = "How many at most.",
            DefaultValueFactory = _ => 50,
        };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--limit has to be 1 or more.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print a JSON object for each envelope, a line each." };
        var command = new Command(
            "list",
            "Lists the envelopes in the store, the newest first, as in: envelope list --tag team=pricing "
            + "--metric 'r2>0.9' --since 7d")
        {
            limit,
            json,
        };
        query.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            StoreInUse.Open(), query.Read(parsed), parsed.GetValue(limit), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        IEnvelopeStore store, EnvelopeQuery query, int limit, bool json, CancellationToken cancellation)
    {
        var isDamaged = false;
        var last = default(FoundEnvelope);
        var count = 0;
        query = query with
        {
            // One damaged envelope must not hide the others.
            OnDamage = (reference, damage) =>
            {
                isDamaged = true;
                Console.Error.WriteLine($"{reference}\n  {Texts.PlainLines(damage.Message)}");
            },
        };
        await foreach (var one in store.QueryAsync(query, cancellation))
        {
            if (count++ == limit)
            {
                Console.Error.WriteLine($"There are more. Go on with: --after {last!.Cursor}");
                break;
            }

            last = one;
            isDamaged |= await ListedEnvelope.WriteAsync(store, one, json, cancellation);
        }

        if (count == 0 && !json && !isDamaged)
        {
            Console.WriteLine(await WhyNoneAsync(store, query, cancellation));
        }

        return isDamaged ? 1 : 0;
    }

    private static async Task<string> WhyNoneAsync(
        IEnvelopeStore store, EnvelopeQuery query, CancellationToken cancellation) =>
        (await store.ListNamesAsync(cancellation)).Count switch
        {
            0 => $"There is no envelope in '{store.Address}'. Run a training program that saves one, or set "
                + "ENVELOPE_HOME to another store.",
            _ when query.Name is { } name => $"No envelope '{name}' in '{store.Address}' is as asked.",
            _ => $"No envelope in '{store.Address}' is as asked.",
        };
}
