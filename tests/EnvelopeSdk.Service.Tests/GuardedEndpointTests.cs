using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Service.Tests;

/// <summary>What ASP.NET Core guards endpoints with, on those of an envelope.</summary>
[Collection(nameof(Doubler))]
public class GuardedEndpointTests
{
    private const string Body = """{"value":1}""";

    [Fact]
    public async Task A_service_can_ask_who_calls()
    {
        await using var service = await DoublerService.StartAsync(
            configure: services => services.AddAuthorization().AddAuthentication("key").AddScheme<AuthenticationSchemeOptions, KeyHandler>("key", null),
            map: (_, endpoints) => endpoints.RequireAuthorization());

        var refused = await service.PostAsync(Body);
        Assert.Equal((401, "application/problem+json"), (refused.Status, refused.MediaType));
        Assert.Equal(401, JsonDocument.Parse(refused.Body).RootElement.GetProperty("status").GetInt32());
        Assert.Equal(401, (await service.PostAsync("[]", route: "predict/batch")).Status);
        Assert.Equal(200, await service.StatusAsync("health/live"));
        Assert.Equal(200, await service.StatusAsync("health/ready"));

        service.Http.DefaultRequestHeaders.Add(KeyHandler.Header, "ann");
        Assert.Equal(200, (await service.PostAsync(Body)).Status);
    }

    [Fact]
    public async Task A_service_can_limit_how_often_it_is_called()
    {
        await using var service = await DoublerService.StartAsync(
            configure: services => services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = 429;
                options.AddFixedWindowLimiter("hourly", window => (window.PermitLimit, window.Window) = (2, TimeSpan.FromHours(1)));
            }),
            map: (app, endpoints) =>
            {
                app.UseRateLimiter();
                endpoints.RequireRateLimiting("hourly");
            });

        Assert.Equal(200, (await service.PostAsync(Body)).Status);
        Assert.Equal(200, (await service.PostAsync(Body)).Status);
        var refused = await service.PostAsync(Body);
        Assert.Equal((429, "application/problem+json"), (refused.Status, refused.MediaType));
        Assert.Equal(200, await service.StatusAsync("health/ready"));
    }

    private sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "X-Key";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers[Header] is [{ } key]
                ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new Claim(ClaimTypes.Name, key)], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}
