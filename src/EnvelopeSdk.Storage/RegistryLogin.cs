namespace EnvelopeSdk;

/// <summary>Who somebody is to a registry of envelopes.</summary>
/// <param name="Address">The registry: <c>https://registry.example</c>.</param>
/// <param name="Name">What their changes bear there as the writer.</param>
/// <param name="Roles">What they may do: <c>read</c>, <c>save</c>, <c>deploy</c>, <c>administer</c>.</param>
/// <param name="Pattern">The names of envelopes that they are limited to; null: all.</param>
public sealed record RegistryLogin(string Address, string Name, IReadOnlyList<string> Roles, string? Pattern);
