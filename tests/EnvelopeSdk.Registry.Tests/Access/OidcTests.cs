using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>Whom an issuer of OpenID Connect knows is let in by what it says of them.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private StandInIssuer _issuer = null!;
    private ServedStore _served = null!;

    public async Task InitializeAsync()
    {
        _issuer = await StandInIssuer.StartAsync();
        _served = await ServedStore.StartAsync(
            options => options with { Oidc = new() { Authority = _issuer.Address, Audience = StandInIssuer.Audience } }, ServedStore.Linear);
    }

    public async Task DisposeAsync()
    {
        await _served.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"preferred_username":"ada","email":"ada@example.org","sub":"1","roles":["read","king"]}""", "ada", "read")]
    [InlineData("""{"email":"ada@example.org","sub":"1","roles":"save"}""", "ada@example.org", "read,save")]
    [InlineData("""{"sub":"1","roles":["deploy"],"names":"x","http://schemas.microsoft.com/ws/2008/06/identity/claims/role":"administer"}""", "1", "read,deploy")]
    public async Task The_token_says_who_it_is_and_the_roles(string claims, string name, string roles)
    {
        using var client = _served.NewClient(_issuer.Token(Claims(claims)));

        var me = JsonNode.Parse(await client.GetStringAsync("/api/me"))!;

        Assert.Equal((name, "oidc", null), ((string?)me["name"], (string?)me["via"], (string?)me["pattern"]));
        Assert.Equal(roles, string.Join(',', me["roles"]!.AsArray()));
    }

    [Fact]
    public async Task Who_has_no_role_or_no_name_may_nothing_though_the_issuer_knows_them()
    {
        foreach (var claims in (string[])["""{"sub":"1"}""", """{"sub":"1","roles":["Read"]}""", """{"roles":["read"]}"""])
        {
            using var client = _served.NewClient(_issuer.Token(Claims(claims)));
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/envelopes")).StatusCode);
        }
    }

    [Fact]
    public async Task A_forged_an_expired_and_a_token_for_others_or_of_others_let_nobody_in()
    {
        using var other = RSA.Create(2048);
        (string What, Action<SecurityTokenDescriptor> Change)[] bad =
        [
            ("forged", token => token.SigningCredentials = StandInIssuer.Credentials(other)),
            ("expired", token => token.Expires = DateTime.UtcNow.AddMinutes(-5)),
            ("of tomorrow", token => token.NotBefore = DateTime.UtcNow.AddMinutes(3)),
            ("for others", token => token.Audience = "another-registry"),
            ("of others", token => token.Issuer = "https://evil.example"),
            ("of the registry itself", token => token.Issuer = "envelope-registry"),
            ("not signed", token => token.SigningCredentials = null),
        ];
        var claims = Claims("""{"sub":"1","roles":["administer"]}""");
        foreach (var (what, change) in bad)
        {
            using var client = _served.NewClient(_issuer.Token(claims, change));
            Assert.True(HttpStatusCode.Unauthorized == (await client.GetAsync("/api/envelopes")).StatusCode, what);
        }

        using var good = _served.NewClient(_issuer.Token(claims, _ => { }));
        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("/api/envelopes")).StatusCode);
    }

    [Fact]
    public async Task Values_are_mapped_to_roles_when_it_is_said_how()
    {
        await using var served = await ServedStore.StartAsync(options => options with
        {
            Oidc = new()
            {
                Authority = _issuer.Address,
                Audience = StandInIssuer.Audience,
                RoleClaim = "groups",
                Roles = new Dictionary<string, string> { ["ml team"] = "save" },
            },
        });
        using var known = served.NewClient(_issuer.Token(Claims("""{"sub":"1","groups":["ml team","administer"]}""")));
        using var unknown = served.NewClient(_issuer.Token(Claims("""{"sub":"1","groups":["administer"],"roles":["read"]}""")));

        Assert.Contains("\"roles\":[\"read\",\"save\"]", await known.GetStringAsync("/api/me"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await unknown.GetAsync("/api/me")).StatusCode);
    }

    [Theory]
    [InlineData("""{"sub":"1","realm_access":{"roles":["read","king",7,null]}}""", HttpStatusCode.OK)]
    [InlineData("""{"sub":"1","realm_access":{"roles":"read"}}""", HttpStatusCode.OK)]
    [InlineData("""{"sub":"1","realm_access.roles":["read"],"realm_access":{"roles":[]}}""", HttpStatusCode.OK)]
    [InlineData("""{"sub":"1","realm_access.roles":["king"],"realm_access":{"roles":["read"]}}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"sub":"1","realm_access":{"other":["read"]},"roles":["read"]}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"sub":"1","realm_access":"roles"}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"sub":"1","realm_access":"{\"roles\":[\"read\"]}"}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"sub":"1","realm_access":{"roles":{"read":"read"}}}""", HttpStatusCode.Forbidden)]
    public async Task Roles_are_found_in_a_member_of_a_claim(string claims, HttpStatusCode expected)
    {
        await using var served = await ServedStore.StartAsync(options => options with
        {
            Oidc = new() { Authority = _issuer.Address, Audience = StandInIssuer.Audience, RoleClaim = "realm_access.roles" },
        });
        using var client = served.NewClient(_issuer.Token(Claims(claims)));

        Assert.Equal(expected, (await client.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task It_is_a_password_at_v2_where_a_token_takes_its_place()
    {
        using var client = _served.NewClient();
        var sent = Encoding.UTF8.GetBytes($"me:{_issuer.Token(Claims("""{"sub":"ada","roles":["read"]}"""))}");
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(sent));
        var json = JsonNode.Parse(await client.GetStringAsync("/v2/token?scope=repository:golden-linear:pull,push"))!;
        Assert.Equal("repository:golden-linear:pull", (string?)json["scope"]);

        client.DefaultRequestHeaders.Authorization = new("Bearer", (string?)json["token"]);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v2/golden-linear/tags/list")).StatusCode);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_lets_nobody_in_and_hinders_no_key()
    {
        var token = _issuer.Token(Claims("""{"sub":"1","roles":["read"]}"""));
        await _issuer.DisposeAsync();
        using var client = _served.NewClient(token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/envelopes")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _served.Client.GetAsync("/api/envelopes")).StatusCode);
    }

    [Theory]
    [InlineData("http://login.example", "a", "read", "'http://login.example'")]
    [InlineData("login", "a", "read", "'login'")]
    [InlineData("https://login.example", "", "read", "--oidc-audience")]
    [InlineData("https://login.example", "a", "king", "'king'")]
    public async Task What_cannot_be_trusted_is_refused_at_the_start(string authority, string audience, string role, string named)
    {
        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => RegistryServer.StartAsync(_served.Options with
        {
            Oidc = new() { Authority = authority, Audience = audience, Roles = new Dictionary<string, string> { ["x"] = role } },
        }));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Claims(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(one => one.Name, one => (object)one.Value);
}
