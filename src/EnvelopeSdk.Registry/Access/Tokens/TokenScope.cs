namespace EnvelopeSdk.Registry.Access.Tokens;

/// <summary>
/// What a token lets do, as clients of registries write it: <c>repository:team/model:pull,push</c>, or
/// <c>registry:catalog:*</c>.
/// </summary>
internal sealed record TokenScope(string Type, string Name, IReadOnlyList<string> Actions)
{
    public const string Pull = "pull";
    public const string Push = "push";

    private const string Repository = "repository";
    private const string Registry = "registry";
    private const string Catalog = "catalog";
    private const string Delete = "delete";
    private const string Any = "*";

    /// <summary>The list of all repositories.</summary>
    public static TokenScope OfCatalog { get; } = new(Registry, Catalog, [Any]);

    public static TokenScope OfRepository(string name, bool isWrite) =>
        new(Repository, name, isWrite ? [Pull, Push] : [Pull]);

    /// <returns>Null when it is none.</returns>
    public static TokenScope? TryParse(string text)
    {
        var (first, last) = (text.IndexOf(':', StringComparison.Ordinal), text.LastIndexOf(':'));
        return first > 0 && last > first
            ? new(text[..first], text[(first + 1)..last], text[(last + 1)..].Split(','))
            : null;
    }

    /// <summary>What of it a caller may do.</summary>
    /// <returns>Null when it is nothing.</returns>
    public TokenScope? Within(Grants grants)
    {
        if (Type == Registry && Name == Catalog && grants.May(Role.Read))
        {
            return OfCatalog;
        }

        List<string> granted = Type != Repository ? [] :
        [
            .. Asked(Pull) && grants.May(Role.Read, Name) ? (string[])[Pull] : [],
            .. Asked(Push) && grants.May(Role.Save, Name) ? (string[])[Push] : [],
            .. Asked(Delete) && grants.May(Role.Save, Name) ? (string[])[Delete] : [],
        ];
        return granted.Count == 0 ? null : this with { Actions = granted };
    }

    public bool IsCatalog => Type == Registry && Name == Catalog;

    public bool Allows(string repository, bool isWrite) => Type == Repository && Name == repository
        && Actions.Any(action => isWrite ? action is Push or Delete : action is Pull);

    public override string ToString() => $"{Type}:{Name}:{string.Join(',', Actions)}";

    private bool Asked(string action) => Actions.Contains(action) || Actions.Contains(Any);
}
