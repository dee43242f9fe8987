using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>An issuer of OpenID Connect, as far as a registry asks one: its keys, and tokens signed with them.</summary>
internal sealed class StandInIssuer : IAsyncDisposable
{
    public const string Audience = "our-registry";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;

    private StandInIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Address,
            ["jwks_uri"] = $"{Address}/keys",
        }));
        _app.MapGet("/keys", () =>
        {
            var key = _rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new
            {
                keys = new[]
                {
                    new { kty = "RSA", kid = "1", use = "sig", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) },
                },
            });
        });
    }

    public string Address => _app.Urls.First();

    public static async Task<StandInIssuer> StartAsync()
    {
        var issuer = new StandInIssuer();
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <param name="claims">What it says of somebody.</param>
    /// <param name="change">Makes it another token than this issuer would.</param>
    public string Token(Dictionary<string, object> claims, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience,
            Claims = claims,
            IssuedAt = DateTime.UtcNow.AddHours(-2),
            NotBefore = DateTime.UtcNow.AddHours(-2),
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = Credentials(_rsa),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler().CreateToken(token);
    }

    public static SigningCredentials Credentials(RSA rsa) =>
        new(new RsaSecurityKey(rsa) { KeyId = "1" }, SecurityAlgorithms.RsaSha256);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }
}
