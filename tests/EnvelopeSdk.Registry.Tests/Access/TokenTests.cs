using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Access.Tokens;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>The tokens of some minutes that clients of registries ask for.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private const string Tags = "/v2/golden-linear/tags/list";
    private const string Uploads = "/v2/golden-linear/blobs/uploads/";

    private ServedStore _served = null!;

    public async Task InitializeAsync() => _served = await ServedStore.StartAsync(ServedStore.Linear, ServedStore.Stacked);

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Theory]
    [InlineData("GET", "/v2/", "")]
    [InlineData("GET", "/v2/_catalog", ",scope=\"registry:catalog:*\"")]
    [InlineData("GET", Tags, ",scope=\"repository:golden-linear:pull\"")]
    [InlineData("POST", "/v2/team/model/blobs/uploads/", ",scope=\"repository:team/model:pull,push\"")]
    [InlineData("GET", "/v2/a\"b/tags/list", "")]
    public async Task Who_is_not_known_is_told_where_a_token_is_and_that_a_password_does(string method, string path, string scope)
    {
        using var client = _served.NewClient();

        using var answer = await client.SendAsync(new(new(method), path));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(
            [$"Bearer realm=\"{_served.Address}/v2/token\",service=\"envelope-registry\"{scope}", "Basic realm=\"envelope registry\", charset=\"UTF-8\""],
            answer.Headers.GetValues("WWW-Authenticate"));
    }

    [Theory]
    [InlineData(Role.Read, null, "pull,push", "pull")]
    [InlineData(Role.Deploy, null, "pull,push", "pull")]
    [InlineData(Role.Save, null, "pull,push", "pull,push")]
    [InlineData(Role.Save, null, "*", "pull,push,delete")]
    [InlineData(Role.Save, "golden-l*", "push", "push")]
    [InlineData(Role.Save, "golden-s*", "pull,push", null)]
    public async Task A_token_lets_do_what_was_asked_and_its_key_may(string role, string? pattern, string asked, string? granted)
    {
        var (token, scope) = await TokenAsync(await _served.AddKeyAsync("k", role, pattern), $"repository:golden-linear:{asked}");
        Assert.Equal(granted is null ? "" : $"repository:golden-linear:{granted}", scope);

        var mayPull = granted?.Contains("pull", StringComparison.Ordinal) == true;
        var mayPush = granted?.Contains("push", StringComparison.Ordinal) == true;
        Assert.Equal(mayPull, await StatusAsync(token, "GET", Tags) == HttpStatusCode.OK);
        Assert.Equal(mayPush, await StatusAsync(token, "POST", Uploads) == HttpStatusCode.Accepted);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token, "GET", "/v2/"));
        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(token, "GET", "/v2/golden-stacked/tags/list"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token, "GET", "/api/envelopes"));
    }

    [Fact]
    public async Task Who_may_and_has_a_token_for_less_is_asked_for_another_and_who_may_not_is_denied()
    {
        var (saver, _) = await TokenAsync(await _served.AddKeyAsync("saver", Role.Save), "repository:golden-linear:pull");
        var (reader, _) = await TokenAsync(await _served.AddKeyAsync("reader", Role.Read), "repository:golden-linear:pull");
        using var client = _served.NewClient(saver);

        using var answer = await client.PostAsync(Uploads, null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("scope=\"repository:golden-linear:pull,push\"", answer.Headers.GetValues("WWW-Authenticate").First(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(reader, "POST", Uploads));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(reader, "GET", "/v2/_catalog"));
        var (lister, _) = await TokenAsync(await _served.AddKeyAsync("lister", Role.Read, "golden-l*"), "registry:catalog:*");
        using var listing = _served.NewClient(lister);
        Assert.Equal("""{"repositories":["golden-linear"]}""", await listing.GetStringAsync("/v2/_catalog"));
    }

    [Fact]
    public async Task A_token_ends_with_its_key_and_gives_no_other()
    {
        var (token, _) = await TokenAsync(await _served.AddKeyAsync("k", Role.Read), "repository:golden-linear:pull");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token, "GET", Tags));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(token, "GET", "/v2/token"));

        await _served.RevokeKeyAsync("k");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token, "GET", Tags));
    }

    [Fact]
    public async Task Another_instance_takes_the_token_and_nobody_else_can_make_one()
    {
        var (token, _) = await TokenAsync(_served.Token, "repository:golden-linear:pull");
        await using (var second = await RegistryServer.StartAsync(_served.Options))
        {
            using var client = new HttpClient { BaseAddress = new(second.Address), DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Tags)).StatusCode);
        }

        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]);
        string[] forged =
        [
            Sign(payload, new string('k', 32)),
            $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            $"{parts[0]}.{Base64UrlEncoder.Encode(payload.Replace("golden-linear", "golden-stacked", StringComparison.Ordinal))}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.", "ey..", "ey.ey.ey", "eyJ!.%.", token + ".x",
        ];
        foreach (var one in forged)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(one, "GET", Tags));
        }
    }

    [Theory]
    [InlineData("password", "password", true)]
    [InlineData("refresh_token", "refresh_token", true)]
    [InlineData("password", "refresh_token", false)]
    public async Task Clients_of_OAuth_send_a_form(string grant, string field, bool isGiven)
    {
        using var client = _served.NewClient();
        var key = await _served.AddKeyAsync("k", Role.Read);

        using var answer = await client.PostAsync("/v2/token", new FormUrlEncodedContent(
        [
            new("grant_type", grant), new("service", "envelope-registry"), new("client_id", "docker"),
            new("scope", "repository:golden-linear:pull repository:golden-stacked:pull"), new("username", "me"), new(field, key),
        ]));

        Assert.Equal(isGiven ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        if (isGiven)
        {
            Assert.True(answer.Headers.CacheControl?.NoStore);
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal("repository:golden-linear:pull repository:golden-stacked:pull", (string?)json["scope"]);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync((string)json["access_token"]!, "GET", Tags));
        }
    }

    [Fact]
    public async Task An_old_token_is_none()
    {
        await using var database = RecordsDatabase.Open(null, _served.Directory);
        var keys = new TokenKeys(database);
        var caller = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
            Grants.ClaimsOf("ada", [Role.Read], null), "start-token"));
        async Task<HttpStatusCode> AfterAsync(TimeSpan lived)
        {
            var clock = new SetClock { Now = DateTimeOffset.UtcNow - lived };
            var (text, _) = await new AccessTokens(keys, null!, clock).GiveAsync(caller, [TokenScope.OfRepository(ServedStore.Linear, false)], default);
            return await StatusAsync(text, "GET", Tags);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await AfterAsync(AccessTokens.Lifetime + TimeSpan.FromSeconds(1)));
        Assert.Equal(HttpStatusCode.OK, await AfterAsync(AccessTokens.Lifetime - TimeSpan.FromSeconds(30)));
    }

    private static string Sign(string payload, string secret) => new JsonWebTokenHandler().CreateToken(
        payload, new SigningCredentials(new SymmetricSecurityKey(Encoding.ASCII.GetBytes(secret)), SecurityAlgorithms.HmacSha256));

    private async Task<(string Token, string Scope)> TokenAsync(string key, string scope)
    {
        using var client = _served.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{key}")));
        var json = JsonNode.Parse(await client.GetStringAsync($"/v2/token?service=envelope-registry&scope={Uri.EscapeDataString(scope)}"))!;
        return ((string)json["token"]!, (string)json["scope"]!);
    }

    private async Task<HttpStatusCode> StatusAsync(string token, string method, string path)
    {
        using var client = _served.NewClient();
        using var request = new HttpRequestMessage(new(method), path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
