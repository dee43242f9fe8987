using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Batches;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Tests.Pages;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What nobody may let a job read and write, and what some may not.</summary>
public sealed class BatchRightsTests : IDisposable
{
    private static readonly BatchSettings Good = new()
    {
        Envelope = ServedStore.Linear,
        Input = "/data/in.csv",
        Output = "/data/out.csv",
    };

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Who_is_limited_to_some_names_saves_no_batch_whose_job_has_the_rights_of_the_registry()
    {
        await using var here = await BatchesHere.StartAsync();
        var served = here.Deploying.Served;
        using var limited = served.NewClient(await served.AddKeyAsync("limited", Role.Deploy, "*golden*"));
        using var free = served.NewClient(await served.AddKeyAsync("free", Role.Deploy));

        using var refused = await limited.PutAsJsonAsync("/api/batches/golden-nightly", Good);
        using var saved = await free.PutAsJsonAsync("/api/batches/golden-nightly", Good);
        using var seen = await limited.GetAsync("/api/batches/golden-nightly");

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK),
            (refused.StatusCode, saved.StatusCode, seen.StatusCode));
        Assert.Contains("--run-as USER", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("nobody", true)]
    public void A_job_of_another_user_is_for_whoever_may_deploy_its_envelope(string? runAs, bool may)
    {
        var limited = Grants.Of(new(new ClaimsIdentity(
            Grants.ClaimsOf("l", [Role.Deploy], NamePattern.Parse("golden*")), "test")));

        var failure = Record.Exception(() => RightsOf(runAs).Ensure(limited, Good));

        Assert.Equal(may, failure is not DeniedException);
    }

    [Theory]
    [InlineData(BatchRuntime.Kubernetes, "other-team", BatchRuntime.Kubernetes, true)]
    [InlineData(BatchRuntime.Kubernetes, "golden-db", BatchRuntime.Kubernetes, false)]
    [InlineData(BatchRuntime.Kubernetes, "kept", BatchRuntime.Kubernetes, false)]
    [InlineData(BatchRuntime.Kubernetes, "kept", BatchRuntime.Process, true)] // where it was a name of its own folder
    [InlineData(BatchRuntime.Process, "other-team", BatchRuntime.Kubernetes, false)]
    public void Who_is_limited_to_some_names_gives_no_program_a_secret_of_a_cluster_that_is_of_others(
        string runtime, string secret, string before, bool isRefused)
    {
        var limited = Grants.Of(new(new ClaimsIdentity(
            Grants.ClaimsOf("l", [Role.Deploy], NamePattern.Parse("golden*")), "test")));
        var free = Grants.Of(new(new ClaimsIdentity(Grants.ClaimsOf("f", [Role.Deploy], null), "test")));

        SecretRights.Ensure(free, runtime, Secrets(secret), (before, Secrets("kept")));
        var failure = Record.Exception(
            () => SecretRights.Ensure(limited, runtime, Secrets(secret), (before, Secrets("kept"))));

        Assert.Equal(isRefused, failure is DeniedException);

        static Dictionary<string, string> Secrets(string name) => new() { ["S"] = name };
    }

    [Fact]
    public async Task A_secret_of_others_is_not_given_in_two_steps_either()
    {
        await using var here = await BatchesHere.StartAsync();
        var served = here.Deploying.Served;
        using var limited = served.NewClient(await served.AddKeyAsync("limited", Role.Deploy, "golden*"));
        async Task<HttpStatusCode> SaveAsync(string runtime, string secret)
        {
            using var answer = await limited.PutAsJsonAsync(
                "/api/configurations/golden-a", new { runtime, secrets = new { X = secret } });
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await SaveAsync("process", "other-team"));
        Assert.Equal(HttpStatusCode.Forbidden, await SaveAsync("kubernetes", "other-team"));
        Assert.Equal(HttpStatusCode.OK, await SaveAsync("kubernetes", "golden-db"));
    }

    [Fact]
    public void A_job_on_a_cluster_has_no_rights_and_no_files_of_the_registry()
    {
        var limited = Grants.Of(new(new ClaimsIdentity(
            Grants.ClaimsOf("l", [Role.Deploy], NamePattern.Parse("golden*")), "test")));
        var settings = Good with { Runtime = BatchRuntime.Kubernetes, Output = _directory.At("store/out.csv") };

        RightsOf(null).Ensure(limited, settings);
        RightsOf(null).EnsureOutside(settings);
    }

    [Theory]
    [InlineData("store/out.csv")]
    [InlineData("store/registry/index.db#batch")]
    [InlineData("services/{date}/out.csv")]
    [InlineData("services/#/../out.csv")]
    [InlineData("gateway/out.csv")]
    [InlineData("user/out.csv")]
    [InlineData("other/../store/out.csv")]
    [InlineData("link/out.csv")]
    [InlineData("links/out.csv")]
    public void Nothing_is_written_where_the_registry_has_its_own_files(string place)
    {
        Directory.CreateDirectory(_directory.At("store"));
        File.CreateSymbolicLink(_directory.At("link"), "store");
        File.CreateSymbolicLink(_directory.At("links"), _directory.At("link"));
        var rights = RightsOf("nobody");
        foreach (var settings in (BatchSettings[])[
            Good with { Output = _directory.At(place) }, Good with { Quarantine = _directory.At(place) },
            Good with { Log = _directory.At(place) }])
        {
            var failure = Assert.Throws<EnvelopeException>(() => rights.EnsureOutside(settings));
            Assert.Contains("Name a place outside.", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("stores/out.csv")]
    [InlineData("store.db#t")]
    [InlineData("store/../out.csv")]
    public void What_is_beside_them_is_for_jobs(string place)
    {
        var output = _directory.At(place);

        RightsOf(null).EnsureOutside(Good with { Output = output, Quarantine = "postgresql://host/db#t" });
    }

    [Fact]
    public async Task A_batch_that_would_write_into_the_store_is_not_saved()
    {
        await using var here = await BatchesHere.StartAsync();
        var served = here.Deploying.Served;

        using var refused = await served.Client.PutAsJsonAsync(
            "/api/batches/golden-nightly", Good with { Output = Path.Combine(served.Directory, "out.csv") });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private JobRights RightsOf(string? runAs) => new(new ServerOptions
    {
        Store = _directory.At("store"),
        UserDirectory = _directory.At("user"),
        Deploying = new()
        {
            Directory = _directory.At("services"),
            GatewayDirectory = _directory.At("gateway"),
            Platform = "1.0.0",
            RunAs = runAs,
        },
    });
}
