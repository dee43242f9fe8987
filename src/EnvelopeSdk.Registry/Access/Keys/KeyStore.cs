using System.Data.Common;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Access.Keys;

/// <summary>The keys that let callers in. Each is read when it is used, so that a revoked one ends at once.</summary>
internal sealed class KeyStore(RecordsDatabase database, AuditLog audit, TimeProvider clock)
{
    private const string Columns = "id, name, roles, pattern, created, created_by, expires, used, revoked, secret_hash";

    private const string Insert =
        """
        insert into access_key (id, name, secret_hash, roles, pattern, created, created_by, expires)
        values (@0, @1, @2, @3, @4, @5, @6, @7)
        """;

    private const string Use =
        "update access_key set used = @0 where id = @1 and (used is null or used <= @2)";

    private static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    /// <summary>Makes a key.</summary>
    /// <exception cref="EnvelopeException">It cannot be so, or there is one of the name.</exception>
    public async Task<MadeKey> AddAsync(Caller by, NewKey wanted, CancellationToken cancellationToken)
    {
        var text = KeyText.Make();
        var key = KeyRules.Check(wanted, text.Id, by.Who, clock.GetUtcNow());
        await audit.RunAsync(
            by, [KeyRules.Entry(AuditAction.AddKey, key)],
            () => database.WriteAsync(
                async statements =>
                {
                    if (await statements.NumberAsync(
                        "select 1 from access_key where name = @0 and revoked is null", cancellationToken,
                        StoredText.Write(key.Name)) == 1)
                    {
                        throw new EnvelopeException(
                            EnvelopeError.Invalid,
                            $"There is a key '{key.Name}' already. Revoke it, or give the new one another name.");
                    }

                    await statements.RunAsync(
                        Insert, cancellationToken, key.Id, StoredText.Write(key.Name), text.SecretHash,
                        string.Join(' ', key.Roles), key.Pattern, key.Created.UtcTicks, StoredText.Write(key.CreatedBy),
                        key.Expires?.UtcTicks);
                    return true;
                },
                cancellationToken));
        return new(key, text.Whole);
    }

    /// <summary>All keys, also those that let nobody in any more, the newest first.</summary>
    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await ReadAsync("1 = 1 order by created desc, id", cancellationToken)).Select(one => one.Key),
    ];

    /// <summary>Lets a key let nobody in any more.</summary>
    /// <param name="by">Who wants it.</param>
    /// <param name="key">Its id, or its name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">There is none, or it is revoked already.</exception>
    public async Task<AccessKey> RevokeAsync(Caller by, string key, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            "revoked is null and (id = @0 or name = @0)", cancellationToken, StoredText.Write(key));
        var one = found.OrderByDescending(one => one.Key.Id == key).Select(one => one.Key).FirstOrDefault()
            ?? throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no key '{key}' that is not revoked. 'envelope registry key list' lists them.");
        var revoked = one with { Revoked = clock.GetUtcNow() };
        await audit.RunAsync(
            by, [KeyRules.Entry(AuditAction.RevokeKey, one)],
            () => database.WriteAsync(
                async statements =>
                {
                    await statements.RunAsync(
                        "update access_key set revoked = @0 where id = @1 and revoked is null", cancellationToken,
                        revoked.Revoked!.Value.UtcTicks, one.Id);
                    return true;
                },
                cancellationToken));
        return revoked;
    }

    /// <summary>The key whose text somebody sent, whether unknown, expired or revoked alike.</summary>
    /// <returns>Null when it lets nobody in.</returns>
    public async Task<AccessKey?> FindAsync(string text, CancellationToken cancellationToken) =>
        KeyText.TryParse(text) is { } sent
        && await FindRowAsync(sent.Id, cancellationToken) is { } row && sent.IsOf(row.SecretHash)
            ? await UseAsync(row.Key, cancellationToken)
            : null;

    /// <summary>The key of an id, whose holder has shown its secret before.</summary>
    /// <returns>Null when it lets nobody in.</returns>
    public async Task<AccessKey?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken) is { } row ? await UseAsync(row.Key, cancellationToken) : null;

    /// <summary>Whether there is a key that lets an administrator in.</summary>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("revoked is null", cancellationToken))
            .Any(one => one.Key.Roles.Contains(Role.Administer) && one.Key.IsValid(clock.GetUtcNow()));

    private async Task<Row?> FindRowAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync("id = @0", cancellationToken, id)).SingleOrDefault();

    private async Task<AccessKey?> UseAsync(AccessKey key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!key.IsValid(now))
        {
            return null;
        }

        if (key.Used is null || now - key.Used >= UsePrecision)
        {
            await NoteUseAsync(key.Id, now, cancellationToken);
        }

        return key;
    }

    private async Task NoteUseAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                async statements =>
                {
                    await statements.RunAsync(Use, cancellationToken, now.UtcTicks, id, (now - UsePrecision).UtcTicks);
                    return true;
                },
                cancellationToken);
        }
        catch (EnvelopeException)
        {
            // A full disk keeps nobody out who only reads.
        }
    }

    private Task<IReadOnlyList<Row>> ReadAsync(
        string condition, CancellationToken cancellationToken, params object?[] values) => database.ReadAsync(
        $"select {Columns} from access_key where {condition}", Read, cancellationToken, values);

    private static Row Read(DbDataReader row) => new(
        new(
            row.GetString(0), StoredText.Read(row.GetString(1)), row.GetString(2).Split(' '),
            row.IsDBNull(3) ? null : row.GetString(3), new(row.GetInt64(4), TimeSpan.Zero),
            StoredText.Read(row.GetString(5)), Time(row, 6), Time(row, 7), Time(row, 8)),
        row.GetString(9));

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    private sealed record Row(AccessKey Key, string SecretHash);
}
