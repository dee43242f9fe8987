using System.CommandLine;
using System.Text.Json.Nodes;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope list</c>: the envelopes in the store, or those that are asked for.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var query = new QueryOptions();
        var limit = WholeNumber.Option<int>("--limit", "How many at most.", least: 1, usual: 50);
        var command = new ToolCommand(
            "list",
            "Lists the envelopes in the store, the newest first.",
            "envelope list",
            "envelope list --tag team=pricing --metric 'r2>0.9' --since 7d --order r2-")
        {
            limit,
            Answer.Json,
        };
        query.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed, StoreInUse.Open(), query.Read(parsed), parsed.GetValue(limit)!.Value, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, IEnvelopeStore store, EnvelopeQuery query, int limit, CancellationToken cancellation)
    {
        var damaged = new List<(EnvelopeReference Reference, string Message)>();
        var listed = new List<ListedEnvelope>();
        var isMore = false;
        query = query with
        {
            // One damaged envelope must not hide the others.
            OnDamage = (reference, damage) =>
            {
                damaged.Add((reference, damage.Message));
                Console.Error.WriteLine($"{reference}\n  {Texts.PlainLines(damage.Message)}");
            },
        };
        await foreach (var one in store.QueryAsync(query, cancellation))
        {
            if (listed.Count == limit)
            {
                isMore = true;
                break;
            }

            listed.Add(await ListedEnvelope.ReadAsync(store, one, cancellation));
            if (!Answer.IsJson(parsed))
            {
                Console.WriteLine(listed[^1].Describe());
            }
        }

        var next = isMore ? listed[^1].Cursor : null;
        if (Answer.IsJson(parsed))
        {
            Answer.Write(parsed, Json(listed, damaged, next), "");
        }
        else if (next is not null)
        {
            Console.Error.WriteLine($"There are more. Go on with: --after {next}");
        }
        else if (listed.Count + damaged.Count == 0)
        {
            Console.WriteLine(await WhyNoneAsync(store, query, cancellation));
        }

        return damaged.Count > 0 || listed.Any(one => one.IsDamaged) ? ExitCodes.NotSound : ExitCodes.Done;
    }

    private static JsonObject Json(
        List<ListedEnvelope> listed, List<(EnvelopeReference Reference, string Message)> damaged, string? next) => new()
        {
            ["envelopes"] = JsonParts.Array(listed, one => one.ToJson()),
            ["damaged"] = JsonParts.Array(damaged, one =>
            {
                var json = JsonParts.Of(one.Reference);
                json["message"] = one.Message;
                return json;
            }),
            ["next"] = next,
        };

    private static async Task<string> WhyNoneAsync(
        IEnvelopeStore store, EnvelopeQuery query, CancellationToken cancellation) =>
        (await store.ListNamesAsync(cancellation)).Count switch
        {
            0 => $"There is no envelope in '{store.Address}'. Run a training program that saves one, or set "
                + "ENVELOPE_HOME to another store.",
            _ when query.Name is { } name => $"No envelope '{name}' in '{store.Address}' matches.",
            _ => $"No envelope in '{store.Address}' matches.",
        };
}
