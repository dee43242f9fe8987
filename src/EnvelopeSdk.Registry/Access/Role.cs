namespace EnvelopeSdk.Registry.Access;

/// <summary>What a caller may do. Each is a role claim, and an authorization policy of the same name.</summary>
internal static class Role
{
    /// <summary>Look at envelopes, and fetch them.</summary>
    public const string Read = "read";

    /// <summary>Save, tag and delete envelopes, and record metrics.</summary>
    public const string Save = "save";

    /// <summary>Put envelopes into production.</summary>
    public const string Deploy = "deploy";

    /// <summary>Decide who else may do what.</summary>
    public const string Administer = "administer";

    public static readonly IReadOnlyList<string> All = [Read, Save, Deploy, Administer];

    /// <summary>
    /// The roles with those that they contain. Each contains <c>read</c>, and <c>administer</c> all: who makes keys
    /// makes itself one of any role.
    /// </summary>
    public static IEnumerable<string> Whole(IReadOnlyCollection<string> roles) =>
        roles.Contains(Administer) ? All : All.Where(role => roles.Contains(role) || (role == Read && roles.Count > 0));

    /// <summary>Checks that there are such roles.</summary>
    /// <returns>Each once, in their order.</returns>
    /// <exception cref="EnvelopeException">One is none, or there is none at all.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyCollection<string> roles) =>
        roles.Count > 0 && roles.All(All.Contains)
            ? [.. All.Where(roles.Contains)]
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                (roles.Count == 0 ? "There is no role. " : $"'{roles.First(role => !All.Contains(role))}' is no role. ")
                + $"Give one or more of {string.Join(", ", All)}.");
}
