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
}
