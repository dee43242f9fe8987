using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Events.Webhooks;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope registry webhook</c>: the addresses that a registry tells of what happens. It works on the registry's
/// database, whether the registry runs or not.
/// </summary>
internal static class WebhookCommand
{
    /// <param name="database">The option that names the database.</param>
    public static Command Create(Option<string?> database) =>
        new("webhook", "Makes, lists and removes addresses that are told of what happens.")
        {
            CreateAdd(database), CreateList(database), CreateRemove(database),
        };

    private static ToolCommand CreateAdd(Option<string?> database)
    {
        var url = new Argument<string>("url") { Description = "Where messages are posted to." };
        var kinds = new Option<string[]>("--kind")
        {
            Description = $"What it is told of: {string.Join(", ", RegistryEventKind.All)}; all if absent.",
        };
        var names = new Option<string?>("--name")
        {
            Description = "The names of envelopes and batches that it is told of, with '*' and '?'; all if absent.",
        };
        var command = new ToolCommand(
            "add", "Makes a webhook and prints the secret that signs its messages, this once.",
            "envelope registry webhook add https://ci.example/hook --kind saved --name 'pricing-*'")
        {
            url, kinds, names, database, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var webhooks = await OpenAsync(parsed, database, cancellation);
            var made = await webhooks.AddAsync(
                new(
                    parsed.GetRequiredValue(url), parsed.GetValue(kinds) is { Length: > 0 } some ? some : null,
                    parsed.GetValue(names)),
                cancellation);
            var json = Json(made.Webhook);
            json["secret"] = made.Secret;
            Answer.Write(parsed, json, made.Secret);
            Answer.Note(
                parsed,
                "It signs the messages (webhook-signature, as Standard Webhooks has it), and is not shown again. "
                + Text(made.Webhook));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateList(Option<string?> database)
    {
        var command = new ToolCommand(
            "list", "Lists the webhooks, and what keeps one from being told.", "envelope registry webhook list")
        {
            database, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var webhooks = await OpenAsync(parsed, database, cancellation);
            var all = await webhooks.ListAsync(cancellation);
            Answer.Write(
                parsed, new() { ["webhooks"] = JsonParts.Array(all, Json) },
                all.Count == 0 ? "There is no webhook." : string.Join('\n', all.Select(Text)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateRemove(Option<string?> database)
    {
        var id = new Argument<string>("id") { Description = "Its id, as the list has it." };
        var command = new ToolCommand(
            "remove", "Removes a webhook.", "envelope registry webhook remove wh_0123456789ab")
        {
            id, database,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var webhooks = await OpenAsync(parsed, database, cancellation);
            await webhooks.RemoveAsync(parsed.GetRequiredValue(id), cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<RegistryWebhooks> OpenAsync(
        ParseResult parsed, Option<string?> database, CancellationToken cancellation) => RegistryWebhooks.OpenAsync(
        RegistryPlace.Of(parsed, database), cancellation);

    private static string Text(Webhook one) => Texts.Plain(string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Id}  {one.Url}  {(one.Kinds is null ? "all" : string.Join(", ", one.Kinds))}"
        + $"{(one.Names is null ? "" : $" of {one.Names}")}, made {one.Created:u} by {one.CreatedBy}"
        + $"{(one.Trouble is null ? "" : $"; failed {one.Failures} times: {one.Trouble}")}"));

    private static JsonObject Json(Webhook one) => new()
    {
        ["id"] = one.Id,
        ["url"] = one.Url,
        ["kinds"] = one.Kinds is null ? null : JsonParts.Array(one.Kinds, kind => JsonValue.Create(kind)),
        ["names"] = one.Names,
        ["created"] = JsonParts.Time(one.Created),
        ["createdBy"] = one.CreatedBy,
        ["failures"] = one.Failures,
        ["trouble"] = one.Trouble,
    };
}
