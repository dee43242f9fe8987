using System.Net;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>Configurations that are taken away, and deployments that are not known any more.</summary>
public sealed class RemovingTests : IAsyncLifetime
{
    private const string Price = "price";
    private const string Page = "/deployments/price";

    private DeployingStore _deploying = null!;

    public async Task InitializeAsync()
    {
        _deploying = await DeployingStore.StartAsync(null, ServedStore.Linear, ServedStore.Stacked);
        await _deploying.ConfigureAsync(Price, new());
    }

    public async Task DisposeAsync() => await _deploying.DisposeAsync();

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_configuration_is_removed_on_its_page_which_says_what_ends(bool runsScripts)
    {
        var id = await _deploying.GoLiveAsync(Price, ServedStore.Linear);
        using var browser = new Browser(runsScripts: runsScripts);
        browser.Open($"{_deploying.Address}/?token={_deploying.Served.Token}");
        browser.Follow("Deployments");
        browser.Follow(Price);
        browser.Click("details.remove summary");

        browser.Shows($"{ServedStore.Linear} sha256:");
        browser.Shows($"deployment {id}, ends what it has begun, and then ends.");
        browser.Shows($"{_deploying.Gateway.Address}/{Price} answers nobody any more.");
        if (runsScripts)
        {
            Assert.Equal([], browser.Hindrances());
        }

        browser.Type("details.remove input[name=name]", Price);
        browser.Click("details.remove button");

        browser.Shows("There is no configuration.");
        Assert.Equal(HttpStatusCode.NotFound, await _deploying.StatusAsync(
            await _deploying.SignInAsync(Role.Read, null), Page));
    }

    [Fact]
    public async Task Nothing_is_removed_without_the_name_nor_when_something_else_runs_than_was_named()
    {
        var deployer = await _deploying.SignInAsync(Role.Deploy, null);
        var first = await _deploying.GoLiveAsync(Price, ServedStore.Linear);
        await _deploying.SaysAsync(deployer, Page, $"name=\"runs\" value=\"{first}\"");
        var second = await _deploying.GoLiveAsync(Price, ServedStore.Stacked);

        using var unnamed = await RemoveAsync(deployer, "", second);
        using var misnamed = await RemoveAsync(deployer, "other", second);
        using var late = await RemoveAsync(deployer, Price, first);
        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Conflict],
            [unnamed.StatusCode, misnamed.StatusCode, late.StatusCode]);
        Assert.Contains("Nothing was removed.", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(second, (await _deploying.ConfigurationAsync(Price)).Live!.Id);

        using var removed = await RemoveAsync(deployer, Price, second);
        Assert.Equal("/deployments", removed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_configuration_is_removed_by_who_may_deploy_on_it_alone()
    {
        var other = await _deploying.SignInAsync(Role.Deploy, "golden-*");
        var saver = await _deploying.SignInAsync(Role.Save, null, "saver");

        foreach (var session in (string[])[other, saver])
        {
            using var refused = await _deploying.PostAsync(session, "/deployments", Page + "/remove", ("name", Price));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await _deploying.SaysNotAsync(saver, Page, "Remove this configuration");
        Assert.Equal(Price, (await _deploying.ConfigurationAsync(Price)).Name);
    }

    [Fact]
    public async Task A_deployment_that_ended_long_ago_is_forgotten_and_asked_for_what_ran_then_it_is_said()
    {
        var reader = await _deploying.SignInAsync(Role.Read, null);
        var first = await _deploying.GoLiveAsync(Price, ServedStore.Linear);
        await _deploying.GoLiveAsync(Price, ServedStore.Stacked);
        await _deploying.GoLiveAsync(Price, ServedStore.Linear);
        await _deploying.SaysAsync(reader, Page + "?at=2020-05-03", "Nothing ran at 2020-05-03 00:00:00Z.");

        await _deploying.AgeAsync(first, days: 401);
        await _deploying.LetGoAsync();

        await Distribution.Eventually.HoldsAsync(async () => !(await _deploying.PageAsync(reader, Page))
            .Contains($"Steps of deployment {first}\"", StringComparison.Ordinal));
        await _deploying.SaysAsync(
            reader, Page + "?at=2020-05-03", "What ran at 2020-05-03 00:00:00Z is not known any more");
        using var served = await _deploying.Served.Client.GetAsync($"/api/configurations/{Price}/served?at=2020-05-03");
        Assert.Equal(HttpStatusCode.NotFound, served.StatusCode);
        Assert.Contains("is not known any more", await served.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await _deploying.SaysAsync(reader, Page, "Steps of deployment 2\"");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(36_501)]
    public async Task A_registry_does_not_start_that_is_to_keep_deployments_for_no_time(int days)
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => ServedStore.StartAsync(options => options with
        {
            Deploying = RegistryProgram.DeployingOf("services", "gateway", "http://127.0.0.1:0") with
            {
                KeepDays = days,
            },
        }));

        Assert.Contains("--keep-deployments", failure.Message, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> RemoveAsync(string session, string name, long runs) =>
        _deploying.PostAsync(session, Page, Page + "/remove", ("name", name), ("runs", $"{runs}"));
}
