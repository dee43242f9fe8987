using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Events.Webhooks;

/// <summary>The webhooks, and how far each was told.</summary>
internal sealed class WebhookStore(RecordsDatabase database, AuditLog audit, TimeProvider clock)
{
    private const int Most = 100;

    private const string Columns = "id, url, kinds, names, created, created_by, failures, trouble, secret, told";

    private const string Insert =
        """
        insert into webhook (id, url, secret, kinds, names, created, created_by, told, failures, next_try, leased)
        values (@0, @1, @2, @3, @4, @5, @6, @7, 0, 0, 0)
        """;

    private const string Take =
        "update webhook set leased = @1 where id = @0 and leased < @2 and next_try <= @2 returning told";

    // Who has a webhook no more, because it was removed or another instance has taken it, changes nothing of it.
    private const string Told =
        """
        update webhook set told = @2, failures = 0, next_try = 0, trouble = null, leased = @3
        where id = @0 and leased = @1 returning told
        """;

    private const string Failed =
        "update webhook set failures = @2, next_try = @3, trouble = @4, leased = 0 where id = @0 and leased = @1";

    private const string Release = "update webhook set leased = 0 where id = @0 and leased = @1";

    /// <summary>Makes a webhook, which is told of what happens from now on.</summary>
    /// <exception cref="EnvelopeException">It cannot be so.</exception>
    public async Task<MadeWebhook> AddAsync(Caller by, NewWebhook wanted, CancellationToken cancellationToken)
    {
        Check(wanted);
        var now = clock.GetUtcNow();
        var made = new Webhook(
            "wh_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), wanted.Url, wanted.Kinds, wanted.Names,
            now, by.Who, 0, null);
        var secret = WebhookMessage.NewSecret();
        await audit.RunAsync(by, [Entry(AuditAction.AddWebhook, made)], () => database.WriteAsync(
            async statements =>
            {
                if (await statements.NumberAsync("select count(*) from webhook", cancellationToken) >= Most)
                {
                    throw new EnvelopeException(
                        EnvelopeError.Invalid, $"There are {Most} webhooks already. Remove one that nobody needs.");
                }

                await statements.RunAsync(
                    Insert, cancellationToken, made.Id, made.Url, secret,
                    made.Kinds is null ? null : string.Join(',', made.Kinds), made.Names, now.UtcTicks,
                    StoredText.Write(by.Who), AnnouncementLog.IdAt(now));
                return true;
            },
            cancellationToken));
        return new(made, secret);
    }

    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Select(one => one.Webhook)];

    /// <exception cref="EnvelopeException">There is none of the id.</exception>
    public async Task RemoveAsync(Caller by, string id, CancellationToken cancellationToken)
    {
        var one = (await ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == id)
            ?? throw new EnvelopeException(
                EnvelopeError.NotFound, $"There is no webhook '{id}'. 'envelope registry webhook list' lists them.");
        await audit.RunAsync(by, [Entry(AuditAction.RemoveWebhook, one)], () => RunAsync(
            "delete from webhook where id = @0", cancellationToken, id));
    }

    /// <summary>The webhooks with what only who tells them may know.</summary>
    public Task<IReadOnlyList<TellableWebhook>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync($"select {Columns} from webhook order by created, id", Read, cancellationToken);

    /// <summary>Takes a webhook, so that no other instance tells it.</summary>
    /// <returns>What was taken; null when another tells it, or its time has not come.</returns>
    public async Task<WebhookLease?> TryTakeAsync(string id, TimeSpan time, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = AnnouncementLog.IdAt(now + time);
        var told = await database.WriteAsync(
            statements => statements.NumberAsync(Take, cancellationToken, id, until, AnnouncementLog.IdAt(now)),
            cancellationToken);
        return told < 0 ? null : new(id, told, until);
    }

    /// <summary>Notes that a webhook was told of something, and is still taken.</summary>
    /// <returns>What is taken now; null when it is taken no more.</returns>
    public async Task<WebhookLease?> ToldAsync(
        WebhookLease lease, long what, TimeSpan time, CancellationToken cancellationToken)
    {
        var until = Math.Max(lease.Until + 1, AnnouncementLog.IdAt(clock.GetUtcNow() + time));
        var told = await database.WriteAsync(
            statements => statements.NumberAsync(Told, cancellationToken, lease.Id, lease.Until, what, until),
            cancellationToken);
        return told < 0 ? null : new(lease.Id, what, until);
    }

    /// <summary>Notes that a webhook did not take what it was told.</summary>
    public Task FailedAsync(
        WebhookLease lease, long failures, TimeSpan wait, string trouble, CancellationToken cancellationToken) =>
        RunAsync(
            Failed, cancellationToken, lease.Id, lease.Until, failures,
            AnnouncementLog.IdAt(clock.GetUtcNow() + wait), StoredText.Write(trouble));

    public Task ReleaseAsync(WebhookLease lease) =>
        RunAsync(Release, CancellationToken.None, lease.Id, lease.Until);

    private Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        database.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(sql, cancellationToken, values);
                return true;
            },
            cancellationToken);

    private static void Check(NewWebhook wanted)
    {
        if (!Uri.TryCreate(wanted.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")
            || url.UserInfo.Length > 0 || url.Fragment.Length > 0 || wanted.Url.Length > 2_000)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                "The address of the webhook is none that messages can be posted to. Write https://HOST/PATH, without a "
                + "password.");
        }

        if (wanted.Kinds is { } kinds && (kinds.Count == 0 || !kinds.All(RegistryEventKind.All.Contains)))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"A webhook cannot be told of '{string.Join(", ", kinds)}'. There is: "
                + $"{string.Join(", ", RegistryEventKind.All)}.");
        }

        if (wanted.Names is { } names)
        {
            NamePattern.Parse(names);
        }
    }

    private static AuditEntry Entry(string action, Webhook one) => new(action)
    {
        Subject = one.Id,
        After = JsonSerializer.SerializeToElement(new { one.Url, one.Kinds, one.Names }, JsonSerializerOptions.Web),
    };

    private static TellableWebhook Read(DbDataReader row) => new(
        new(
            row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2).Split(','),
            row.IsDBNull(3) ? null : row.GetString(3), new(row.GetInt64(4), TimeSpan.Zero),
            StoredText.Read(row.GetString(5)), row.GetInt64(6),
            row.IsDBNull(7) ? null : StoredText.Read(row.GetString(7))),
        row.GetString(8), row.GetInt64(9));
}

/// <summary>A webhook, what signs its messages, and what it was told last.</summary>
internal sealed record TellableWebhook(Webhook Webhook, string Secret, long Told)
{
    public bool IsFor(RegistryEvent what) =>
        Webhook.Kinds?.Contains(what.Kind) != false
        && (Webhook.Names is null || NamePattern.Parse(Webhook.Names).IsMatch(what.Name));
}

/// <summary>That an instance, and no other, tells a webhook.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Told">What it was told last.</param>
/// <param name="Until">Until when, unless it is told more; in microseconds since 1970.</param>
internal sealed record WebhookLease(string Id, long Told, long Until);
