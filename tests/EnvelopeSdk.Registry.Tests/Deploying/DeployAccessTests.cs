using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Who may bring what into production.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class DeployAccessTests
{
    private static readonly RuleSettings OfLinear = new()
    {
        Name = ServedStore.Linear,
        Tags = new Dictionary<string, string> { ["a"] = "b" },
    };

    [Theory]
    [InlineData(Role.Read)]
    [InlineData(Role.Save)]
    public async Task Who_may_not_deploy_changes_nothing_of_deployments(string role)
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { NeedsApproval = true });
        var waiting = await store.DeployAsync(await store.AddAsync(1));
        using var client = store.Served.NewClient(await store.Served.AddKeyAsync("other", role));

        foreach (var path in new[] { "", "/approve", "/reject", "/cancel", "/promote" })
        {
            var of = path.Length == 0 ? "" : $"/{waiting.Id}";
            using var answer = await client.PostAsJsonAsync(
                $"/api/configurations/prices/deployments{of}{path}", new NewDeployment(waiting.Name));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client.PostAsync("/api/configurations/prices/rollback", null)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client.DeleteAsync("/api/configurations/prices")));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await StatusAsync(client.GetAsync($"/api/configurations/prices/deployments/{waiting.Id}/log")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client.GetAsync("/api/configurations/prices/deployments")));
        Assert.Equal(DeploymentState.Requested, (await store.HistoryAsync(waiting)).Deployment.State);
    }

    [Fact]
    public async Task A_limited_key_deploys_its_own_names_on_configurations_of_its_own_names()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { NeedsApproval = true });
        await Packing.EnvelopeArchive.ImportAsync(ServedStore.Golden(ServedStore.Stacked), store.Served.Store);
        await store.AddAsync(1);
        using var client = store.Served.NewClient(await store.Served.AddKeyAsync("own", Role.Deploy, "golden-l*"));

        Assert.Equal(HttpStatusCode.OK, await PutAsync(client, "golden-live", new DeploymentSettings { NeedsApproval = true }));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(client, "prices", new DeploymentSettings()));
        Assert.Equal(HttpStatusCode.Forbidden, await DeployAsync(client, "prices", ServedStore.Linear));
        Assert.Equal(HttpStatusCode.Forbidden, await DeployAsync(client, "golden-live", ServedStore.Stacked));
        Assert.Equal(HttpStatusCode.Created, await DeployAsync(client, "golden-live", ServedStore.Linear));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(client, "golden-live/rules/a", OfLinear));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(client, "golden-live/rules/b", OfLinear with { Name = null }));
        Assert.Equal(
            HttpStatusCode.Forbidden, await PutAsync(client, "golden-live/rules/b", OfLinear with { Name = ServedStore.Stacked }));
        var listed = await client.GetFromJsonAsync<IReadOnlyList<DeploymentConfiguration>>("/api/configurations");
        Assert.Equal("golden-live", Assert.Single(listed!).Name);
    }

    public static TheoryData<DeploymentSettings, DeploymentSettings?, bool> Changes()
    {
        var (one, other) = (SigningKey(), SigningKey());
        var approved = new DeploymentSettings { NeedsApproval = true };
        var signed = new DeploymentSettings { Gates = new() { SignedBy = [one, other] } };
        return new()
        {
            { approved, new(), false },
            { approved, null, false },
            { approved, approved with { Replicas = 2 }, true },
            { new(), approved, true },
            { new(), null, true },
            { signed, new(), false },
            { signed, null, false },
            { signed, signed with { Gates = new() { SignedBy = [one, SigningKey()] } }, false },
            { signed, signed with { Gates = new() { SignedBy = [one] } }, true },
            { new(), signed, true },
        };
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Who_may_deploy_cannot_take_away_what_holds_who_may_deploy(
        DeploymentSettings before, DeploymentSettings? after, bool isLetThrough)
    {
        await using var store = await ServedStore.StartAsync();
        using var deployer = store.NewClient(await store.AddKeyAsync("deployer", Role.Deploy));
        using var administrator = store.NewClient(await store.AddKeyAsync("administrator", Role.Administer));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(deployer, "prices", before));

        var tried = await ChangeAsync(deployer);

        Assert.Equal(isLetThrough, tried is HttpStatusCode.OK or HttpStatusCode.NoContent);
        if (!isLetThrough)
        {
            Assert.Equal(HttpStatusCode.Forbidden, tried);
            Assert.Contains(await ChangeAsync(administrator), (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NoContent]);
        }

        Task<HttpStatusCode> ChangeAsync(HttpClient client) => after is null
            ? StatusAsync(client.DeleteAsync("/api/configurations/prices"))
            : PutAsync(client, "prices", after);
    }

    private static string SigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static Task<HttpStatusCode> PutAsync(HttpClient client, string path, object body) =>
        StatusAsync(client.PutAsJsonAsync($"/api/configurations/{path}", body));

    private static Task<HttpStatusCode> DeployAsync(HttpClient client, string configuration, string envelope) =>
        StatusAsync(client.PostAsJsonAsync(
            $"/api/configurations/{configuration}/deployments", new NewDeployment(envelope)));

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return answer.StatusCode;
    }
}
