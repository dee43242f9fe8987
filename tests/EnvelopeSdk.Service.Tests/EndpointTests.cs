using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Service.Tests;

/// <summary>What an application asks of the endpoints that it maps, and what it is told.</summary>
[Collection(nameof(Doubler))]
public sealed class EndpointTests
{
    [Theory]
    [InlineData("openapi/v1.json", 418)]
    [InlineData("envelope", 418)]
    [InlineData("health/live", 200)]
    [InlineData("health/ready", 200)]
    [InlineData("swagger/index.html", 200)]
    public async Task A_filter_applies_to_what_tells_of_the_model_and_leaves_health_open(string route, int expected)
    {
        await using var service = await StartFilteredAsync();

        Assert.Equal(expected, await service.StatusAsync(route));
    }

    [Theory]
    [InlineData("predict", """{"value":1}""")]
    [InlineData("predict/batch", "[]")]
    [InlineData("enumerate", """{"value":1}""")]
    public async Task A_filter_applies_to_every_query(string route, string body)
    {
        await using var service = await StartFilteredAsync();

        Assert.Equal(418, (await service.PostAsync(body, route: route)).Status);
    }

    [Theory]
    [InlineData("predict", "{}", 400)]
    [InlineData("predict", """{"value":1e308}""", 500)]
    [InlineData("broken", """{"value":1}""", 500)]
    [InlineData("refuse", """{"value":100}""", 422)]
    [InlineData("nothing-here", "{}", 404)]
    public async Task Every_problem_names_its_request(string route, string body, int expected)
    {
        await using var service = await DoublerService.StartAsync();

        var (status, _, problem) = await service.PostAsync(body, route: route);

        Assert.Equal(expected, status);
        Assert.NotEmpty(JsonElement.Parse(problem).GetProperty("traceId").GetString()!);
    }

    [Theory]
    [InlineData("swagger", "swagger/index.html", 200)]
    [InlineData("swagger/", "swagger/index.html", 200)]
    [InlineData("swagger/swagger-ui.css", "swagger/swagger-ui.css", 200)]
    [InlineData("swagger/nothing-here", "swagger/nothing-here", 404)]
    public async Task The_pages_of_Swagger_are_at_one_place(string route, string place, int expected)
    {
        await using var service = await DoublerService.StartAsync();

        using var response = await service.Http.GetAsync(new Uri(route, UriKind.Relative));

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.EndsWith("/" + place, response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health/live", 200), InlineData("health/ready", 200), InlineData("envelope", 200), InlineData("openapi/v1.json", 200), InlineData("swagger/index.html", 200), InlineData("predict", 405)]
    public async Task What_is_read_is_there_for_a_monitor_that_asks_with_HEAD(string route, int expected)
    {
        await using var service = await DoublerService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(route, UriKind.Relative));

        using var response = await service.Http.SendAsync(request);

        Assert.Equal((expected, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task An_address_below_Swagger_at_which_nothing_is_says_so()
    {
        await using var service = await DoublerService.StartAsync();

        Assert.Contains("Nothing is at this address", await (await service.Http.GetAsync(new Uri("swagger/nothing-here", UriKind.Relative))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_cannot_be_read_keep_no_call_from_being_answered()
    {
        await using var service = await DoublerService.StartAsync(
            damage: unpacked => File.WriteAllText(Path.Combine(unpacked, "labels.json"), "{"));

        Assert.Equal(500, await service.StatusAsync("envelope"));
        Assert.Equal((200, "42"), (await service.PostAsync("""{"value":21}""")) is var (status, _, body) ? (status, body) : default);
    }

    [Theory]
    [InlineData("json", "json")]
    [InlineData(null, "simple")]
    public async Task The_configuration_says_the_formatter_of_the_console(string? configured, string expected)
    {
        var named = "";
        await using var service = await DoublerService.StartAsync(
            settings: new() { ["Logging:Console:FormatterName"] = configured },
            map: (app, _) => named = app.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);

        Assert.Equal(expected, named);
    }

    private static Task<DoublerService> StartFilteredAsync() => DoublerService.StartAsync(
        map: (_, endpoints) => endpoints.AddEndpointFilter((_, _) => new(Results.StatusCode(418))));
}
