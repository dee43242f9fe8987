namespace EnvelopeSdk.Registry.Access.Keys;

/// <summary>A key that lets somebody in, without its secret. Times are in UTC.</summary>
/// <param name="Id">What its text begins with, which is no secret.</param>
/// <param name="Name">What it is called, and what its holder's changes bear as their writer.</param>
/// <param name="Roles">What it lets do: <c>read</c>, <c>save</c>, <c>deploy</c>, <c>administer</c>.</param>
/// <param name="Pattern">
/// The names of envelopes that it is limited to, with <c>*</c> and <c>?</c>; null: all.
/// </param>
/// <param name="Created">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="Expires">From when on it lets nobody in; null: never.</param>
/// <param name="Used">When it was used last, to the minute; null: never.</param>
/// <param name="Revoked">When it was revoked; null: it was not.</param>
public sealed record AccessKey(
    string Id, string Name, IReadOnlyList<string> Roles, string? Pattern, DateTimeOffset Created, string CreatedBy,
    DateTimeOffset? Expires, DateTimeOffset? Used, DateTimeOffset? Revoked)
{
    /// <summary>Whether it lets in.</summary>
    /// <param name="now">The time.</param>
    public bool IsValid(DateTimeOffset now) => Revoked is null && (Expires is null || now < Expires);
}

/// <summary>A key that was just made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">What its holder sends, which nobody can be told again.</param>
public sealed record MadeKey(AccessKey Key, string Text)
{
    /// <summary>How it is printed, which must not be with what is secret.</summary>
    public override string ToString() => $"{nameof(MadeKey)} {Key.Id}";
}

/// <summary>What a new key is to be.</summary>
/// <param name="Name">Its name, of at most 100 characters.</param>
/// <param name="Roles">Its roles, one at least.</param>
/// <param name="Pattern">The names that it is limited to; null: all.</param>
/// <param name="Expires">From when on it lets nobody in; null: never.</param>
public sealed record NewKey(
    string Name, IReadOnlyList<string> Roles, string? Pattern = null, DateTimeOffset? Expires = null);
