using System.Net;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Pages.Deployments;
using EnvelopeSdk.Registry.Tests.Access;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>Who sees what of deployments on pages, and what their forms do.</summary>
public sealed class DeploymentPageTests : IAsyncLifetime
{
    private const string Other = "other";

    private DeployingStore _deploying = null!;

    private string Address => _deploying.Address;

    public async Task InitializeAsync()
    {
        _deploying = await DeployingStore.StartAsync(null, ServedStore.Linear, ServedStore.Stacked);
        await _deploying.ConfigureAsync(ServedStore.Linear, new() { NeedsApproval = true });
        await _deploying.ConfigureAsync(Other, new());
    }

    public async Task DisposeAsync() => await _deploying.DisposeAsync();

    [Fact]
    public async Task Who_may_read_some_names_sees_their_configurations_alone_and_no_form()
    {
        var reader = await KeyAsync(Role.Read, "golden-*");

        var list = await PageAsync(reader, "/deployments");
        var page = await PageAsync(reader, Of(ServedStore.Linear));

        Assert.Contains(Of(ServedStore.Linear), list, StringComparison.Ordinal);
        Assert.DoesNotContain(Of(Other), list, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", Main(list), StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", Main(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(reader, Of(Other)));
    }

    [Theory]
    [InlineData("/deployments/new", "name", "mine")]
    [InlineData("/deployments/golden-linear/settings", "settings", "{}")]
    [InlineData("/deployments/golden-linear/rules", "tags", "team=pricing")]
    [InlineData("/deployments/golden-linear/rollback", "", "")]
    [InlineData("/deployments/golden-linear/1/cancel", "", "")]
    public async Task A_form_of_deployments_is_for_who_may_deploy(string path, string field, string value)
    {
        var saver = await KeyAsync(Role.Save, null);

        using var answer = await PostAsync(saver, "/deployments", path, (field, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/deployments/new")]
    [InlineData("/deployments/golden-linear/settings")]
    [InlineData("/deployments/golden-linear/rules")]
    [InlineData("/deployments/golden-linear/rules/newest/remove")]
    [InlineData("/deployments/golden-linear/rollback")]
    [InlineData("/deployments/golden-linear/1/approve")]
    [InlineData("/deployments/golden-linear/call/predict")]
    [InlineData("/envelopes/golden-linear/sha256:00/deploy")]
    public async Task No_form_is_taken_that_no_page_has_sent(string path)
    {
        using var answer = await _deploying.Served.Client.PostAsync(
            path, new FormUrlEncodedContent([new("name", "x"), new("tags", "a=b")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Open the page again", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_deploys_on_a_configuration_of_a_name_that_is_not_theirs()
    {
        var deployer = await KeyAsync(Role.Deploy, "golden-*");
        var page = await EnvelopeAsync(ServedStore.Linear);

        using var refused = await PostAsync(deployer, page, page + "/deploy", ("configuration", Other));
        using var made = await PostAsync(deployer, page, page + "/deploy", ("configuration", "golden-new"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(Of("golden-new"), made.Headers.Location?.OriginalString);
        Assert.Contains("is under way", await PageAsync(deployer, Of("golden-new")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asked_for_a_deployment_is_offered_no_approval_and_another_person_is()
    {
        var (asker, other) = (await KeyAsync(Role.Deploy, null), await KeyAsync(Role.Deploy, null, "other"));
        var page = await EnvelopeAsync(ServedStore.Linear);
        using var asked = await PostAsync(asker, page, page + "/deploy", ("configuration", ServedStore.Linear));

        Assert.DoesNotContain("/approve", await PageAsync(asker, Of(ServedStore.Linear)), StringComparison.Ordinal);
        Assert.Contains("/approve", await PageAsync(other, Of(ServedStore.Linear)), StringComparison.Ordinal);

        var id = (await _deploying.ConfigurationAsync(ServedStore.Linear)).Active!.Id;
        using var approved = await PostAsync(other, "/deployments", $"{Of(ServedStore.Linear)}/{id}/approve");

        Assert.Equal(Of(ServedStore.Linear), approved.Headers.Location?.OriginalString);
        Assert.Equal("other", (await _deploying.DeploymentAsync(id)).ApprovedBy);
    }

    [Theory]
    [InlineData(DeploymentState.Canary, "promote", DeploymentState.Switched)]
    [InlineData(DeploymentState.Building, "cancel", DeploymentState.Cancelled)]
    public async Task A_deployment_goes_on_as_a_button_of_its_page_says(string state, string change, string next)
    {
        var deployer = await KeyAsync(Role.Deploy, null);
        var id = await _deploying.MoveAsync(Other, ServedStore.Linear, state);
        Assert.Contains($"/{id}/{change}", await PageAsync(deployer, Of(Other)), StringComparison.Ordinal);

        using var answer = await PostAsync(deployer, Of(Other), $"{Of(Other)}/{id}/{change}");
        using var again = await PostAsync(deployer, Of(Other), $"{Of(Other)}/{id}/{change}");

        Assert.Equal(next, (await _deploying.DeploymentAsync(id)).State);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_configuration_is_not_made_twice_and_settings_that_cannot_be_are_told_with_their_place()
    {
        var deployer = await KeyAsync(Role.Deploy, null);

        using var twice = await PostAsync(deployer, "/deployments", "/deployments/new", ("name", Other));
        using var unread = await PostAsync(
            deployer, Of(Other), Of(Other) + "/settings", ("settings", """{"limits":{"startSeconds":"soon"}}"""));
        using var steps = await PostAsync(
            deployer, "/deployments", "/deployments/new", ("name", "third"), ("steps", "half"));

        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Contains("/limits/startSeconds", await unread.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("is no step of a canary", await steps.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_is_as_its_form_says()
    {
        var deployer = await KeyAsync(Role.Deploy, null);

        using var made = await PostAsync(
            deployer, "/deployments", "/deployments/new", ("name", "third"), ("replicas", "2"), ("steps", "10:60, 50:30"),
            ("memory", "256"), ("approval", "on"));

        Assert.Equal(Of("third"), made.Headers.Location?.OriginalString);
        var settings = (await _deploying.ConfigurationAsync("third")).Settings;
        Assert.Equal((2, 256, true), (settings.Replicas, settings.Limits.MemoryMegabytes, settings.NeedsApproval));
        Assert.Equal([new CanaryStep(10, 60), new(50, 30)], settings.Strategy.Steps);
    }

    [Fact]
    public async Task A_call_that_nobody_answers_is_told_with_where_it_went()
    {
        await using var lost = await DeployingStore.StartAsync("http://127.0.0.1:1/", ServedStore.Linear);
        await lost.ConfigureAsync(Other, new());
        await lost.GoLiveAsync(Other, ServedStore.Linear);
        var session = await Session.BeginAsync(lost.Address, await lost.Served.AddKeyAsync("reader", Role.Read));

        using var answer = await Session.PostAsync(
            lost.Address, session, "/deployments", $"{Of(Other)}/call/count", ("value.last", "3"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(
            "The gateway does not answer at &#x27;http://127.0.0.1:1/other/count&#x27;",
            await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_is_called_by_who_may_read_it_and_with_a_query_that_it_has()
    {
        await _deploying.GoLiveAsync(Other, ServedStore.Linear);
        var (reader, stranger) = (await KeyAsync(Role.Read, null), await KeyAsync(Role.Read, Other, "stranger"));

        using var answer = await CallAsync(reader, Other, "count");
        using var unknown = await CallAsync(reader, Other, "none");
        using var nothing = await CallAsync(reader, ServedStore.Linear, "count");
        using var refused = await CallAsync(stranger, Other, "count");

        Assert.Equal((HttpStatusCode.OK, "/other/count"), (answer.StatusCode, _deploying.Gateway.Asked.Path));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_form_of_more_than_a_megabyte_is_not_sent_on()
    {
        await _deploying.GoLiveAsync(Other, ServedStore.Linear);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Of(Other)}/call/count")
        {
            Content = new FormUrlEncodedContent([new("value.last", new string('1', 1 << 20))]),
        };
        request.Headers.ExpectContinue = true; // the answer comes in the place of the body

        using var answer = await _deploying.Served.Client.SendAsync(request);

        Assert.Contains(
            "That is more than a page sends on.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_gateway_counts_is_on_the_pages()
    {
        await _deploying.GoLiveAsync(Other, ServedStore.Linear);
        var session = await KeyAsync(Role.Read, null);
        Assert.Contains("not known", await PageAsync(session, Of(Other)), StringComparison.Ordinal);
        await using var gateway = await GatewayServer.StartAsync(
            new() { Directory = _deploying.GatewayDirectory, Urls = "http://127.0.0.1:0" });
        await _deploying.LetGoAsync();

        await Distribution.Eventually.HoldsAsync(async () =>
            (await PageAsync(session, Of(Other))).Contains("no request yet", StringComparison.Ordinal));
        Assert.Contains("Counted by the gateway since", await PageAsync(session, "/deployments"), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_are_told_with_all_that_failed_and_how_long_the_slow_took()
    {
        long[] latency = [0, 0, 0, 0, 95, 5, .. new long[18]];

        Assert.Equal("100 requests, 6 failed, 95 % within 5 ms", CountsText.Of(new(100, 3, 2, 1, 0, latency)));
        Assert.Equal("–", CountsText.Latency(new(0, 0, 0, 0, 0, new long[24])));
    }

    [Fact]
    public async Task A_registry_that_deploys_nothing_says_so_and_how_one_does()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);

        var list = await served.Client.GetStringAsync("/deployments");
        var envelope = await served.Client.GetStringAsync($"/envelopes/{ServedStore.Linear}");

        Assert.Contains("envelope registry --deploy-in DIRECTORY", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/deploy\"", envelope, StringComparison.Ordinal);
    }

    private static string Of(string configuration) => $"/deployments/{configuration}";

    private static string Main(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];

    private async Task<string> EnvelopeAsync(string name) =>
        $"/envelopes/{name}/{Uri.EscapeDataString(await _deploying.Served.DigestAsync(name))}";

    private async Task<string> KeyAsync(string role, string? pattern, string name = "somebody") => await Session.BeginAsync(
        Address, await _deploying.Served.AddKeyAsync(name, role, pattern));

    private async Task<string> PageAsync(string session, string path)
    {
        using var answer = await Session.OpenAsync(Address, session, path);
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<HttpStatusCode> StatusAsync(string session, string path) => Session.GetAsync(Address, session, path);

    private Task<HttpResponseMessage> CallAsync(string session, string configuration, string query) =>
        PostAsync(session, "/deployments", $"{Of(configuration)}/call/{query}", ("value.last", "3"));

    private Task<HttpResponseMessage> PostAsync(
        string session, string page, string path, params (string Name, string Value)[] fields) =>
        Session.PostAsync(Address, session, page, path, fields);
}
