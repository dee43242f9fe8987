using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope registry key</c>: the keys that let others in. It works on the registry's database, so that the first
/// key of an administrator is made before the registry listens.
/// </summary>
internal static class KeyCommand
{
    /// <param name="database">The option that names the database.</param>
    public static Command Create(Option<string?> database) => new("key", "The keys that let others in.")
    {
        CreateAdd(database), CreateList(database), CreateRevoke(database),
    };

    private static ToolCommand CreateAdd(Option<string?> database)
    {
        var name = new Argument<string>("name") { Description = "What its holder's changes bear as their writer." };
        var roles = new Option<string[]>("--role")
        {
            Description = "What it lets do: read, save, deploy or administer. Each contains read, the last all.",
            Required = true,
        };
        var pattern = new Option<string?>("--name")
        {
            Description = "The names of envelopes that it is limited to, with '*' and '?'.",
        };
        var expires = new Option<string?>("--expires") { Description = "How long it is valid: 90d, 12h or 30m." };
        var command = new ToolCommand(
            "add", "Makes a key and prints it, this once.",
            "envelope registry key add admin --role administer",
            "envelope registry key add ci --role save --name 'pricing-*' --expires 90d")
        {
            name, roles, pattern, expires, database, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var keys = await OpenAsync(parsed, database, cancellation);
            var made = await keys.AddAsync(
                new(
                    parsed.GetRequiredValue(name), parsed.GetRequiredValue(roles), parsed.GetValue(pattern),
                    parsed.GetValue(expires) is { } period ? DateTimeOffset.UtcNow + Period(period) : null),
                cancellation);
            var json = Json(made.Key);
            json["key"] = made.Text;
            Answer.Write(parsed, json, made.Text);
            Answer.Note(
                parsed, $"Keep it where its holder alone can read it: it is not shown again. {Text(made.Key)}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateList(Option<string?> database)
    {
        var command = new ToolCommand("list", "Lists the keys.", "envelope registry key list")
        {
            database, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var keys = await OpenAsync(parsed, database, cancellation);
            var all = await keys.ListAsync(cancellation);
            Answer.Write(
                parsed, new() { ["keys"] = JsonParts.Array(all, Json) },
                all.Count == 0 ? "There is no key." : string.Join('\n', all.Select(Text)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateRevoke(Option<string?> database)
    {
        var key = new Argument<string>("key") { Description = "Its name, or its id." };
        var command = new ToolCommand("revoke", "Lets a key let nobody in any more.", "envelope registry key revoke ci")
        {
            key, database, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var keys = await OpenAsync(parsed, database, cancellation);
            var revoked = await keys.RevokeAsync(parsed.GetRequiredValue(key), cancellation);
            Answer.Write(parsed, Json(revoked), Text(revoked));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<RegistryKeys> OpenAsync(
        ParseResult parsed, Option<string?> database, CancellationToken cancellation) => RegistryKeys.OpenAsync(
        RegistryPlace.Of(parsed, database), cancellation);

    private static TimeSpan Period(string text)
    {
        var unit = text.LastOrDefault() switch { 'd' => 1440, 'h' => 60, 'm' => 1, _ => 0 };
        return unit > 0 && text.Length is > 1 and < 7
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
                ? TimeSpan.FromMinutes((double)count * unit)
                : throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{text}' is no period. Write 90d, 12h or 30m.");
    }

    private static string Text(AccessKey key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Id}  {Texts.Plain(key.Name)}  {string.Join(", ", key.Roles)}"
        + $"{(key.Pattern is null ? "" : $", only {key.Pattern}")}  made {key.Created:u} by {Texts.Plain(key.CreatedBy)}"
        + $"{(key.Expires is { } expires ? $", expires {expires:u}" : "")}"
        + $"{(key.Used is { } used ? $", used {used:u}" : "")}"
        + $"{(key.Revoked is { } revoked ? $", revoked {revoked:u}" : "")}");

    private static JsonObject Json(AccessKey key) => new()
    {
        ["id"] = key.Id,
        ["name"] = key.Name,
        ["roles"] = JsonParts.Array(key.Roles, role => JsonValue.Create(role)),
        ["pattern"] = key.Pattern,
        ["created"] = JsonParts.Time(key.Created),
        ["createdBy"] = key.CreatedBy,
        ["expires"] = JsonParts.Time(key.Expires),
        ["used"] = JsonParts.Time(key.Used),
        ["revoked"] = JsonParts.Time(key.Revoked),
    };
}
