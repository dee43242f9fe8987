namespace EnvelopeSdk.Registry.Access;

/// <summary>A known caller wants what it may not.</summary>
internal sealed class DeniedException(string message) : Exception(message)
{
    /// <summary>The same whether there is what was asked for, or not.</summary>
    /// <param name="role">The role that would let.</param>
    /// <param name="name">The envelope or repository; null: it is about none.</param>
    /// <param name="isOfAll">Whether it is about all names, for who is limited to none.</param>
    public static DeniedException Of(string role, string? name, bool isOfAll = false) => new(
        $"This needs the role '{role}'{(isOfAll ? " for all names" : name is null ? "" : $" for '{name}'")}, which you have "
        + "not. Ask an administrator for a key with it.");
}
