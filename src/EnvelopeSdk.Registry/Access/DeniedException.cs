namespace EnvelopeSdk.Registry.Access;

/// <summary>A known caller wants what it may not.</summary>
internal sealed class DeniedException(string message) : Exception(message)
{
    /// <summary>The same whether there is what was asked for, or not.</summary>
    public static DeniedException Of(string role, string? name) => new(
        (name is null ? $"Who asks may not {role} here." : $"Who asks may not {role} '{name}'.")
        + " Ask an administrator for a key with the right.");
}
