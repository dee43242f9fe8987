using EnvelopeSdk.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>To whom the key in <c>ENVELOPE_KEY</c> is sent: how a registry asks proves nothing.</summary>
public sealed class KeyVariableTests : IDisposable
{
    private readonly TempDirectory _settings = new();

    public void Dispose() => _settings.Dispose();

    [Theory]
    [InlineData("registry.example", "https://registry.example", true)]
    [InlineData("registry.example", "https://registry.example/", true)]
    [InlineData("registry.example:8443", "https://registry.example:8443", true)]
    [InlineData("127.0.0.1:5480", null, true)]
    [InlineData("registry.example", null, false)]
    [InlineData("registry.example", "models", false)]
    [InlineData("other.example", "https://registry.example", false)]
    [InlineData("registry.example:8443", "https://registry.example", false)]
    [InlineData("registry.example.other", "https://registry.example", false)]
    public async Task It_is_sent_to_the_registry_of_envelope_home_and_on_this_machine_alone(string host, string? home, bool isSent)
    {
        var credentials = new RegistryCredentials(
            name => name switch { "ENVELOPE_KEY" => "envk_1_2", "ENVELOPE_HOME" => home, _ => "/no/such/place" },
            _settings.FullPath);

        var found = await credentials.FindAsync(new(host, "model", "latest", null), isOurs: true, CancellationToken.None);

        Assert.Equal(isSent ? "envk_1_2" : null, found?.Password);
    }
}
