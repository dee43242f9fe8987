using System.Net;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Registry.Tests.Deploying;
using EnvelopeSdk.Registry.Tests.Pages;

namespace EnvelopeSdk.Registry.Tests.Api;

/// <summary>Requests that the API cannot read: what is wrong, and where, as problem details (RFC 9457).</summary>
[Collection(ProcessesCollection.Name)]
public sealed class RefusedRequestTests
{
    private const string Batch = "/api/batches/nightly";

    [Fact]
    public async Task What_cannot_be_read_is_said_with_its_place_and_without_its_value()
    {
        await using var here = await BatchesHere.StartAsync();
        foreach (var (body, pointer, detail) in new[]
        {
            ("""{"envelope":"golden-linear","input":"/in.csv","output":"/out.csv","outptu":"secret"}""", "#/outptu", "There is no member of that name."),
            ("""{"envelope":"golden-linear"}""", "#/output", "It is missing."),
            ("""{"envelope":"golden-linear"}""", "#/input", "It is missing."),
            ("""{"envelope":"golden-linear","input":"/in.csv","output":"/out.csv","retries":"secret"}""", "#/retries", "A whole number is expected."),
            ("""{"envelope":"golden-linear","input":"/in.csv","output":"/out.csv","threads":"secret"}""", "#/threads", "A whole number is expected."),
            ("""{"envelope":"golden-linear","input":"/in.csv","output":"/out.csv","append":"secret"}""", "#/append", "true or false is expected."),
            ("""{"envelope":["secret"],"input":"/in.csv","output":"/out.csv"}""", "#/envelope", "A string is expected."),
            ("""{"envelope":"golden-linear","input":"/in.csv","output":"/out.csv","key":"secret"}""", "#/key", "Another kind of value is expected."),
            ("""{"envelope":"golden-linear","input":secret}""", "#/input", "The JSON cannot be read there."),
        })
        {
            var (status, problem) = await SendAsync(here, HttpMethod.Put, Batch, body);

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(
                problem.GetProperty("errors").EnumerateArray(),
                one => one.GetProperty("pointer").GetString() == pointer && one.GetProperty("detail").GetString() == detail);
            Assert.Contains($"At '{pointer[1..]}': {detail}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("PUT", Batch, "", 400, "The request has no body, or null. Send an object of JSON")]
    [InlineData("PUT", Batch, "null", 400, "The request has no body, or null. Send an object of JSON")]
    [InlineData("GET", Batch + "/runs?before=secret", null, 400, "'before' cannot be read as what it has to be, which")]
    [InlineData("PATCH", Batch, "{}", 405, "This address does not take PATCH, but DELETE, GET, PUT.")]
    [InlineData("POST", "/api/batches", "{}", 405, "This address does not take POST, but GET.")]
    [InlineData("PUT", Batch, "text", 415, "Say so: Content-Type: application/json.", "text/plain")]
    [InlineData("GET", "/api/nothing", null, 404, "There is nothing of that address in the API.")]
    [InlineData("PATCH", Batch + "/runs/last", "{}", 404, "There is nothing of that address in the API.")]
    [InlineData("POST", Batch + "/runs/last/cancel", "a=b", 404, "There is nothing of that address in the API.", "application/x-www-form-urlencoded")]
    [InlineData("PATCH", Batch + "/runs/1", "{}", 405, "This address does not take PATCH, but GET.")]
    [InlineData("PUT", Batch, "[", 400, "Another kind of value is expected.")]
    [InlineData("GET", Batch + "/runs/last", null, 404, "There is nothing of that address in the API.")]
    public async Task What_is_asked_otherwise_than_it_can_be_is_told_how(
        string method, string address, string? body, int expected, string detail, string kind = "application/json")
    {
        await using var here = await BatchesHere.StartAsync();

        var (status, problem) = await SendAsync(here, new(method), address, body, kind);

        Assert.Equal(expected, (int)status);
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_address_takes_is_in_the_header_of_who_asked_otherwise()
    {
        await using var here = await BatchesHere.StartAsync();

        using var answer = await here.Deploying.Served.Client.SendAsync(new(HttpMethod.Patch, Batch));

        Assert.Equal(["DELETE", "GET", "PUT"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_a_problem_as_others_are()
    {
        await using var here = await BatchesHere.StartAsync();

        var (status, problem) = await SendAsync(here, HttpMethod.Put, Batch, new string(' ', 31_000_000) + "{}");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal(413, problem.GetProperty("status").GetInt32());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> SendAsync(
        BatchesHere here, HttpMethod method, string address, string? body, string kind = "application/json")
    {
        using var request = new HttpRequestMessage(method, address)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, kind),
        };
        request.Headers.ExpectContinue = body?.Length > 1 << 20; // else it is refused while it is sent
        using var answer = await here.Deploying.Served.Client.SendAsync(request);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }
}
