using EnvelopeSdk.Batches;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Records;

/// <summary>What two change at once: who looked at what is no more has to look again.</summary>
public sealed class ChangedMeanwhileTests : IAsyncLifetime, IDisposable
{
    private const string Name = "prices";

    private static readonly Caller Ada = new("ada", "test");
    private static readonly Caller Bob = new("bob", "test");

    private readonly TempDirectory _directory = new();
    private RecordsDatabase _database = null!;
    private ConfigurationStore _configurations = null!;
    private DeploymentStore _deployments = null!;
    private BatchStore _batches = null!;

    public async Task InitializeAsync()
    {
        _database = RecordsDatabase.Open(null, _directory.FullPath);
        await _database.PrepareAsync(default);
        var audit = new AuditLog(_database, TimeProvider.System);
        _configurations = new(_database, audit, TimeProvider.System);
        _deployments = new(_database, TimeProvider.System);
        _batches = new(_database, audit, TimeProvider.System);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Settings_that_were_changed_since_they_were_looked_at_are_not_written_over(bool areThere)
    {
        if (areThere)
        {
            await _configurations.SaveAsync(Ada, Name, new() { Replicas = 2 }, default);
        }

        var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => _configurations.SaveAsync(
            Bob, Name, new() { Replicas = 3 }, default,
            _ => _configurations.SaveAsync(Ada, Name, new() { NeedsApproval = true }, default).GetAwaiter().GetResult()));

        Assert.Equal(EnvelopeError.Mismatch, refusal.Error);
        Assert.True((await _configurations.GetAsync(Name, default)).Settings.NeedsApproval);
    }

    [Fact]
    public async Task A_configuration_that_was_changed_since_it_was_looked_at_is_not_taken_away()
    {
        await _configurations.SaveAsync(Ada, Name, new(), default);

        await Assert.ThrowsAsync<EnvelopeException>(() => _configurations.RemoveAsync(
            Bob, Name, default,
            _ => _configurations.SaveAsync(Ada, Name, new() { NeedsApproval = true }, default).GetAwaiter().GetResult()));

        Assert.True((await _configurations.GetAsync(Name, default)).Settings.NeedsApproval);
    }

    [Fact]
    public async Task One_that_was_taken_away_is_made_anew_and_not_changed()
    {
        await _configurations.SaveAsync(Ada, Name, new() { Replicas = 2 }, default);
        await _configurations.RemoveAsync(Ada, Name, default);

        var made = await _configurations.SaveAsync(Bob, Name, new() { Replicas = 3 }, default, Assert.Null);

        Assert.Equal((3, 2), (made.Settings.Replicas, made.Version));
    }

    [Fact]
    public async Task A_batch_that_was_changed_since_it_was_looked_at_is_not_written_over()
    {
        var settings = new BatchSettings { Envelope = "model", Input = "/data/in.csv", Output = "/data/out.csv" };
        await _batches.SaveAsync(Ada, Name, settings, default);

        await Assert.ThrowsAsync<EnvelopeException>(() => _batches.SaveAsync(
            Bob, Name, settings with { Output = "/data/bob.csv" }, default,
            _ => _batches.SaveAsync(Ada, Name, settings with { Output = "/data/ada.csv" }, default).GetAwaiter().GetResult()));

        Assert.Equal("/data/ada.csv", (await _batches.GetAsync(Name, default)).Settings.Output);
    }

    [Fact]
    public async Task A_deployment_that_was_decided_on_by_what_ran_before_is_not_asked_for()
    {
        await _configurations.SaveAsync(Ada, Name, new(), default);
        var first = await LiveAsync(1, null);
        var second = await LiveAsync(2, first);

        Assert.Null(await _deployments.AddAsync(Wanted(3), null, default));
        Assert.Null(await _deployments.AddAsync(Wanted(3), first, default));
        Assert.NotNull(await _deployments.AddAsync(Wanted(3), second, default));
    }

    private async Task<DeploymentRow> LiveAsync(int number, DeploymentRow? before)
    {
        var id = await _deployments.AddAsync(Wanted(number), before, default);
        Assert.True(await _deployments.GoLiveAsync((await _deployments.FindAsync(id!.Value, default))!, default));
        return (await _deployments.FindAsync(id.Value, default))!;
    }

    private static WantedDeployment Wanted(int number) => new(
        new(Name, 1, new(), default, "ada"),
        new("model", Digest.TryParse($"sha256:{number:x64}", out var digest) ? digest : default), "1.0.0", "ada");
}
