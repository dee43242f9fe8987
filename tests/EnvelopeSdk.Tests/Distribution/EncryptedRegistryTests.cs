using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>A registry with a certificate of its company's own authority.</summary>
public sealed class EncryptedRegistryTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _store.Dispose();
        _authority.Dispose();
    }

    [ProgramsFact("docker-registry")]
    public async Task A_machine_that_trusts_the_authority_pushes_pulls_and_opens()
    {
        await using var registry = await RegistryProcess.StartEncryptedAsync(_authority, "127.0.0.2");
        var saved = await _store.SaveAsync();

        var (succeeded, printed) = await RegistryUser.StartAsync(
            _store, $"oci://{registry.Host}/team/house-price:v1", await TrustAsync());

        Assert.True(succeeded, printed);
        Assert.Equal($"{saved} {saved}", printed.Trim());
    }

    [ProgramsFact("docker-registry")]
    public async Task One_that_does_not_trust_it_is_told_so_at_once_with_the_cure()
    {
        await using var registry = await RegistryProcess.StartEncryptedAsync(_authority, "127.0.0.2");

        await FailsAsync(registry, null, "certificate", "authority that this machine trusts", "SSL_CERT_FILE");
        Assert.Equal(0, await registry.CountAsync("PUT"));
    }

    [ProgramsFact("docker-registry")]
    public async Task A_certificate_for_another_name_is_refused()
    {
        await using var registry = await RegistryProcess.StartEncryptedAsync(_authority, "127.0.0.3");

        await FailsAsync(registry, await TrustAsync(), "NameMismatch", "a certificate for '127.0.0.2'");
    }

    [ProgramsFact("docker-registry")]
    public async Task A_registry_of_another_machine_that_does_not_encrypt_is_told_that_it_has_to()
    {
        await using var registry = await RegistryProcess.StartAsync(address: "127.0.0.2");

        await FailsAsync(registry, null, "It has to speak https");
        Assert.Equal(0, await registry.CountAsync("HEAD"));
    }

    private async Task FailsAsync(RegistryProcess registry, string? trusted, params string[] named)
    {
        await _store.SaveAsync();
        var (succeeded, printed) = await RegistryUser.StartAsync(
            _store, $"oci://{registry.Host}/team/house-price:v1", trusted);

        Assert.False(succeeded);
        Assert.All(named, name => Assert.Contains(name, printed, StringComparison.Ordinal));
        Assert.StartsWith($"Unavailable: The registry '{registry.Host}'", printed, StringComparison.Ordinal);
    }

    private async Task<string> TrustAsync()
    {
        var file = _store.At("authority.crt");
        await File.WriteAllTextAsync(file, _authority.Pem);
        return file;
    }
}
