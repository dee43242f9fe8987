namespace EnvelopeSdk.Distribution;

/// <summary>What proves who asks.</summary>
/// <param name="User">A name.</param>
/// <param name="Password">The password that belongs to it.</param>
/// <param name="IdentityToken">What takes the place of both, at endpoints that give tokens.</param>
internal sealed record RegistryCredential(string? User, string? Password, string? IdentityToken)
{
    /// <summary>How it is printed, which must not be with what is secret.</summary>
    public override string ToString() => $"{nameof(RegistryCredential)} of {User}";
}
