using System.Net;
using System.Text;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>How a registry gets to know who asks, and who else does not.</summary>
public sealed class AuthorizationTests : IDisposable
{
    private static readonly string Basic = "Basic " + Convert.ToBase64String("ada:s:cret"u8);

    private readonly TempStore _one = new();
    private readonly TempStore _two = new();
    private readonly TempDirectory _docker = new();
    private readonly StandInRegistry _registry = new();
    private readonly List<string> _tokenRequests = [];

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _docker.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task A_password_of_docker_login_is_sent_to_who_asks_for_it()
    {
        var saved = await _one.SaveAsync();
        Require(Basic, "Basic realm=\"test\"");
        Login($$"""{"auths":{"https://{{_registry.Host}}/v1/":{"auth":"{{Basic["Basic ".Length..]}}"} } }""");

        await RoundTripAsync(saved);
    }

    [Fact]
    public async Task Without_a_password_the_error_says_how_to_log_in()
    {
        var saved = await _one.SaveAsync();
        Require(Basic, "Basic realm=\"test\"");
        await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _one.PushAsync(saved, _registry.Address), "401", $"docker login {_registry.Host}");

        Login($$"""{"auths":{"{{_registry.Host}}":{"username":"ada","password":"wrong"} } }""");
        var failure = await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _one.PushAsync(saved, _registry.Address, Shortly.LoggedIn(_docker.FullPath)), "401");
        Assert.DoesNotContain("wrong", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_fetched_with_the_password_for_what_is_asked()
    {
        var saved = await _one.SaveAsync();
        Require("Bearer t0ken", $"Bearer realm=\"http://{_registry.Host}/token\",service=\"here\",scope=\"repository:team/house-price:pull,push\"");
        Login($$"""{"auths":{"{{_registry.Host}}":{"auth":"{{Basic["Basic ".Length..]}}"} } }""");

        await RoundTripAsync(saved);
        Assert.Equal($"GET {Basic} ?service=here&scope=repository%3Ateam%2Fhouse-price%3Apull%2Cpush ", _tokenRequests[0]);
        Assert.Equal(2, _tokenRequests.Count); // one of each client: the token is kept
    }

    [Fact]
    public async Task An_identity_token_is_posted()
    {
        var saved = await _one.SaveAsync();
        Require("Bearer t0ken", $"Bearer realm=\"http://{_registry.Host}/token\",service=\"here\",scope=\"s\"");
        Login($$"""{"auths":{"{{_registry.Host}}":{"auth":"PHRva2VuPjo=","identitytoken":"refresh"} } }""");

        await RoundTripAsync(saved);
        Assert.Contains("grant_type=refresh_token", _tokenRequests[0], StringComparison.Ordinal);
        Assert.Contains("refresh_token=refresh", _tokenRequests[0], StringComparison.Ordinal);
        Assert.StartsWith("POST  ", _tokenRequests[0], StringComparison.Ordinal);
    }

    [ProgramsFact("sh")]
    public async Task A_program_that_keeps_passwords_is_asked()
    {
        var saved = await _one.SaveAsync();
        Require(Basic, "Basic realm=\"test\"");
        Login($$"""{"credHelpers":{"{{_registry.Host}}":"test"} }""");
        var program = _docker.At("docker-credential-test");
        await File.WriteAllTextAsync(
            program, $"#!/bin/sh\n[ \"$1 $(cat)\" = 'get {_registry.Host}' ] && echo '{{\"Username\":\"ada\",\"Secret\":\"s:cret\"}}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await RoundTripAsync(saved, ("PATH", _docker.FullPath));
        await Failure.OfAsync(
            EnvelopeError.Unavailable,
            () => _one.PushAsync(saved, _registry.Address, Shortly.LoggedIn(_docker.FullPath, ("PATH", ""))),
            "docker-credential-test", "search path");
    }

    [Theory]
    [InlineData("Basic realm=\"envelope registry\"", true)]
    [InlineData("Basic realm=\"test\"", false)]
    public async Task A_key_of_a_registry_of_envelopes_is_sent_to_who_asks_as_one(string challenge, bool isSent)
    {
        var saved = await _one.SaveAsync();
        var key = "Basic " + Convert.ToBase64String("key:envk_1_2"u8);
        Require(key, challenge);

        var push = () => _one.PushAsync(saved, _registry.Address, Shortly.LoggedIn(_docker.FullPath, ("ENVELOPE_KEY", "envk_1_2")));

        if (isSent)
        {
            await push();
        }
        else
        {
            await Failure.OfAsync(EnvelopeError.Unavailable, push, "401", "envelope login");
        }

        Assert.Equal(isSent, _registry.Requests.Any(request => request.Authorization == key));
    }

    [Theory]
    [InlineData("envelope-registry", false, true)]
    [InlineData("another", false, false)]
    [InlineData("envelope-registry", true, false)]
    public async Task A_key_gets_a_token_of_the_registry_itself_alone(string service, bool isElsewhere, bool isSent)
    {
        var saved = await _one.SaveAsync();
        using var other = new StandInRegistry();
        Require("Bearer t0ken", $"Bearer realm=\"http://{(isElsewhere ? other : _registry).Host}/token\",service=\"{service}\"");
        other.Intercept = context =>
        {
            StandInRegistry.Answer(context, 200, """{"access_token":"t0ken"}""");
            return Task.FromResult(true);
        };

        await _one.PushAsync(saved, _registry.Address, Shortly.LoggedIn(_docker.FullPath, ("ENVELOPE_KEY", "envk_1_2")));

        var key = "Basic " + Convert.ToBase64String("key:envk_1_2"u8);
        Assert.Equal(isSent, _tokenRequests.Exists(request => request.Contains(key, StringComparison.Ordinal)));
        Assert.All(other.Requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task Another_host_that_content_is_fetched_from_gets_no_password()
    {
        var saved = await _one.SaveAsync();
        Require(Basic, "Basic realm=\"test\"");
        Login($$"""{"auths":{"{{_registry.Host}}":{"auth":"{{Basic["Basic ".Length..]}}"} } }""");
        await _one.PushAsync(saved, _registry.Address, Shortly.LoggedIn(_docker.FullPath));

        using var other = new StandInRegistry();
        foreach (var (digest, bytes) in _registry.Blobs)
        {
            other.Blobs[digest] = bytes;
        }

        var guarded = _registry.Intercept;
        _registry.Intercept = async context =>
        {
            var path = context.Request.Url!.AbsolutePath;
            if (await guarded(context) || !path.Contains("/blobs/", StringComparison.Ordinal))
            {
                return context.Response.StatusCode == (int)HttpStatusCode.Unauthorized;
            }

            StandInRegistry.Answer(context, 307, "", ("Location", $"http://{other.Host}{path}"));
            return true;
        };

        Assert.Equal(saved, await _two.PullAsync(_registry.Address, Shortly.LoggedIn(_docker.FullPath)));
        Assert.NotEmpty(other.Requests);
        Assert.All(other.Requests, request => Assert.Null(request.Authorization));
    }

    private async Task RoundTripAsync(EnvelopeReference saved, params (string Name, string Value)[] variables)
    {
        var options = Shortly.LoggedIn(_docker.FullPath, variables);
        await _one.PushAsync(saved, _registry.Address, options);
        Assert.Equal(saved, await _two.PullAsync(_registry.Address, options));
        await _two.OpenSoundAsync();
    }

    private void Login(string configuration) => File.WriteAllText(_docker.At("config.json"), configuration);

    private void Require(string authorization, string challenge) => _registry.Intercept = async context =>
    {
        var request = context.Request;
        if (request.Url!.AbsolutePath == "/token")
        {
            var body = await new StreamReader(request.InputStream, Encoding.UTF8).ReadToEndAsync();
            _tokenRequests.Add($"{request.HttpMethod} {request.Headers["Authorization"]} {request.Url.Query} {body}");
            StandInRegistry.Answer(context, 200, """{"access_token":"t0ken"}""");
            return true;
        }

        if (request.Headers["Authorization"] == authorization)
        {
            return false;
        }

        StandInRegistry.Answer(context, (int)HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", challenge));
        return true;
    };
}
