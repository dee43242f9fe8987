using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Hosting;

public sealed class SettingsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_nobody_has_said_is_not_said() => Assert.Equal(new RegistrySettings(), Load());

    [Fact]
    public void The_environment_goes_before_the_file()
    {
        Write("""
            {
              "Logging": { "LogLevel": "Warning" },
              "Registry": {
                "Urls": "http://127.0.0.1:1", "Database": "Host=db", "BehindProxy": true, // as files of .NET may have it
                "Oidc": { "Authority": "https://login.example", "Audience": "registry", "Roles": { "ml-team": "save" } }
              }
            }
            """);
        var settings = Load(("URLS", "http://127.0.0.1:2"), ("BEHIND_PROXY", "false"), ("OIDC__ROLE_CLAIM", "groups"), ("BLOBS", ""));

        Assert.Equal(("http://127.0.0.1:2", "Host=db", null, false), (settings.Urls, settings.Database, settings.Blobs, settings.BehindProxy));
        Assert.Equal(("https://login.example", "registry", "groups"), (settings.Oidc!.Authority, settings.Oidc.Audience, settings.Oidc.RoleClaim));
        Assert.Equal("save", settings.Oidc.Roles["ml-team"]);
        var roles = Load(("OIDC__ROLES__ml_team", "read"), ("PORT", "tcp://10.0.0.1:80"), ("SERVICE_HOST", "10.0.0.1"), ("PORT_80_TCP", "x"));
        Assert.Equal("read", roles.Oidc!.Roles["ml_team"]);
    }

    [Theory]
    [InlineData("""{"Registry":{"Url":"http://127.0.0.1:1"}}""", "'Registry:Url'")]
    [InlineData("""{"Registry":{"BehindProxy":"perhaps"}}""", "'Registry:BehindProxy'")]
    [InlineData("""{"Registry":{""", "appsettings.json")]
    public void A_wrong_file_is_named_with_the_place(string json, string named)
    {
        Write(json);
        var failure = Assert.Throws<EnvelopeException>(() => Load());
        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_variable_is_named_and_its_value_is_not()
    {
        var failure = Assert.Throws<EnvelopeException>(() => Load(("DATABSE", "Host=db;Password=secret")));
        Assert.Contains("ENVELOPE_REGISTRY_DATABSE", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Database", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "KEEP_DEPLOYMENTS", Assert.Throws<EnvelopeException>(() => Load(("KEEP_DEPLOYMENTS", "-1"))).Message,
            StringComparison.Ordinal);
        Assert.Equal(7, Load(("KEEP_DEPLOYMENTS", "7")).KeepDeployments);
        Assert.Equal(3, Load(("BATCH_JOBS", "3")).BatchJobs);
        Assert.Contains("BEHIND_PROXY", Assert.Throws<EnvelopeException>(() => Load(("BEHIND_PROXY", "2"))).Message, StringComparison.Ordinal);
    }

    private void Write(string json) => File.WriteAllText(_directory.At("appsettings.json"), json);

    private RegistrySettings Load(params (string Name, string Value)[] environment) => RegistrySettings.Load(
        _directory.FullPath,
        environment.Select(one => KeyValuePair.Create(RegistrySettings.Prefix + one.Name, one.Value)).Append(new("PATH", "/bin")));
}
