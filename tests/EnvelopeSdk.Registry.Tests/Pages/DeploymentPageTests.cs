using System.Net;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>Who sees what of deployments on pages, and what their forms do.</summary>
public sealed class DeploymentPageTests : IAsyncLifetime
{
    private const string Other = "other";
    private const string OtherPage = "/deployments/other";
    private const string LinearPage = "/deployments/golden-linear";

    private DeployingStore _deploying = null!;

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
        var reader = await _deploying.SignInAsync(Role.Read, "golden-*");

        var list = await _deploying.PageAsync(reader, "/deployments");
        var page = await _deploying.PageAsync(reader, LinearPage);

        Assert.Contains(LinearPage, list, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherPage, list, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", Main(list), StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", Main(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await _deploying.StatusAsync(reader, OtherPage));
    }

    [Theory]
    [InlineData("/deployments/new", "name", "mine")]
    [InlineData("/deployments/golden-linear/settings", "settings", "{}")]
    [InlineData("/deployments/golden-linear/rules", "tags", "team=pricing")]
    [InlineData("/deployments/golden-linear/rollback", "", "")]
    [InlineData("/deployments/golden-linear/1/cancel", "", "")]
    public async Task A_form_of_deployments_is_for_who_may_deploy(string path, string field, string value)
    {
        var saver = await _deploying.SignInAsync(Role.Save, null);

        using var answer = await _deploying.PostAsync(saver, "/deployments", path, (field, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/deployments/new")]
    [InlineData("/deployments/golden-linear/settings")]
    [InlineData("/deployments/golden-linear/rules")]
    [InlineData("/deployments/golden-linear/rules/newest/remove")]
    [InlineData("/deployments/golden-linear/rollback")]
    [InlineData("/deployments/golden-linear/remove")]
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
        var deployer = await _deploying.SignInAsync(Role.Deploy, "golden-*");
        var page = await EnvelopeAsync(ServedStore.Linear);

        using var refused = await _deploying.PostAsync(deployer, page, page + "/deploy", ("configuration", Other));
        using var made = await _deploying.PostAsync(deployer, page, page + "/deploy", ("configuration", "golden-new"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("/deployments/golden-new", made.Headers.Location?.OriginalString);
        await _deploying.SaysAsync(deployer, "/deployments/golden-new", "is under way");
    }

    [Fact]
    public async Task Who_asked_for_a_deployment_is_offered_no_approval_and_another_person_is()
    {
        var asker = await _deploying.SignInAsync(Role.Deploy, null);
        var other = await _deploying.SignInAsync(Role.Deploy, null, "other");
        var page = await EnvelopeAsync(ServedStore.Linear);
        using var asked = await _deploying.PostAsync(
            asker, page, page + "/deploy", ("configuration", ServedStore.Linear));

        await _deploying.SaysNotAsync(asker, LinearPage, "/approve");
        await _deploying.SaysAsync(other, LinearPage, "/approve");

        var id = (await _deploying.ConfigurationAsync(ServedStore.Linear)).Active!.Id;
        using var approved = await _deploying.PostAsync(other, "/deployments", $"{LinearPage}/{id}/approve");

        Assert.Equal(LinearPage, approved.Headers.Location?.OriginalString);
        Assert.Equal("other", (await _deploying.DeploymentAsync(id)).ApprovedBy);
    }

    [Theory]
    [InlineData(DeploymentState.Canary, "promote", DeploymentState.Switched)]
    [InlineData(DeploymentState.Building, "cancel", DeploymentState.Cancelled)]
    public async Task A_deployment_goes_on_as_a_button_of_its_page_says(string state, string change, string next)
    {
        var deployer = await _deploying.SignInAsync(Role.Deploy, null);
        var id = await _deploying.MoveAsync(Other, ServedStore.Linear, state);
        await _deploying.SaysAsync(deployer, OtherPage, $"/{id}/{change}");

        using var answer = await _deploying.PostAsync(deployer, OtherPage, $"{OtherPage}/{id}/{change}");
        using var again = await _deploying.PostAsync(deployer, OtherPage, $"{OtherPage}/{id}/{change}");

        Assert.Equal(next, (await _deploying.DeploymentAsync(id)).State);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_configuration_is_not_made_twice_and_settings_that_cannot_be_are_told_with_their_place()
    {
        var deployer = await _deploying.SignInAsync(Role.Deploy, null);

        using var twice = await _deploying.PostAsync(deployer, "/deployments", "/deployments/new", ("name", Other));
        using var unread = await _deploying.PostAsync(
            deployer, OtherPage, OtherPage + "/settings",
            ("settings", """{"limits":{"startSeconds":"soon"}}"""));
        using var steps = await _deploying.PostAsync(
            deployer, "/deployments", "/deployments/new", ("name", "third"), ("steps", "half"));

        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Contains("/limits/startSeconds", await unread.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("is no step of a canary", await steps.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_is_as_its_form_says()
    {
        var deployer = await _deploying.SignInAsync(Role.Deploy, null);

        using var made = await _deploying.PostAsync(
            deployer, "/deployments", "/deployments/new", ("name", "third"), ("replicas", "2"),
            ("steps", "10:60, 50:30"),
            ("memory", "256"), ("approval", "on"));

        Assert.Equal("/deployments/third", made.Headers.Location?.OriginalString);
        var settings = (await _deploying.ConfigurationAsync("third")).Settings;
        Assert.Equal((2, 256, true), (settings.Replicas, settings.Limits.MemoryMegabytes, settings.NeedsApproval));
        Assert.Equal([new CanaryStep(10, 60), new(50, 30)], settings.Strategy.Steps);
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

    private static string Main(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];

    private async Task<string> EnvelopeAsync(string name) =>
        $"/envelopes/{name}/{Uri.EscapeDataString(await _deploying.Served.DigestAsync(name))}";
}
