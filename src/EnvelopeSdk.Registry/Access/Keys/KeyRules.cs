using System.Text.Json;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Access.Keys;

/// <summary>What a key can be, and how the audit tells of one.</summary>
internal static class KeyRules
{
    private const int LongestName = 100;

    /// <exception cref="EnvelopeException">It cannot be so.</exception>
    public static AccessKey Check(NewKey wanted, string id, string by, DateTimeOffset now)
    {
        if (wanted.Name.Trim().Length is 0 or > LongestName || wanted.Name.Any(char.IsControl))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{wanted.Name}' is no name of a key. Give one of 1 to {LongestName} characters in one line.");
        }

        var roles = Role.Check(wanted.Roles);
        var pattern = wanted.Pattern is null ? null : NamePattern.Parse(wanted.Pattern);
        if (pattern is not null && roles.Contains(Role.Administer))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"A key that administers cannot be limited to '{pattern.Text}': it could make one that is not. Leave "
                + "one of the two out.");
        }

        return wanted.Expires is { } expires && expires <= now
            ? throw new EnvelopeException(
                EnvelopeError.Invalid, $"The key would have expired on {expires:O}. Give a time that is to come.")
            : new(id, wanted.Name.Trim(), roles, pattern?.Text, now, by, wanted.Expires?.ToUniversalTime(), null, null);
    }

    public static AuditEntry Entry(string action, AccessKey key)
    {
        var what = JsonSerializer.SerializeToElement(new
        {
            id = key.Id,
            roles = key.Roles,
            pattern = key.Pattern,
            expires = key.Expires,
        });
        return new(action)
        {
            Subject = key.Name,
            Before = action == AuditAction.RevokeKey ? what : null,
            After = action == AuditAction.AddKey ? what : null,
        };
    }
}
