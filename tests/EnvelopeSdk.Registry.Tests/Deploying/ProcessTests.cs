using System.Net.Http.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>How services run as processes.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class ProcessTests
{
    [Fact]
    public async Task A_service_that_ends_by_itself_is_started_again()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1, new { Answer = 1, EndsAtCall = 2 }));
        var before = Assert.Single(store.Processes());
        Assert.Equal("1", await store.AnswerAsync());
        Assert.Equal("502", await store.AnswerAsync());

        await Patiently.HoldsAsync(async () => await store.AnswerAsync() == "1");
        Assert.NotEqual(before, Assert.Single(store.Processes()));
    }

    [Fact]
    public async Task A_service_that_has_more_memory_than_its_limit_is_started_again()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Limits = new() { MemoryMegabytes = 150 } });
        await store.DeployUntilAsync(await store.AddAsync(1, new { Answer = 1, MegabytesAtCall = 200 }));
        var before = Assert.Single(store.Processes());
        await store.AnswerAsync();

        await Patiently.HoldsAsync(() => store.Processes() is [var only] && only != before);
    }

    [Fact]
    public async Task A_log_that_cannot_be_put_aside_holds_up_nobody_elses_deployment()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1));
        var log = Directory.GetFiles(Path.Combine(store.Services, "instances"), "log", SearchOption.AllDirectories).Single();
        Directory.CreateDirectory(log + ".1");
        await File.AppendAllTextAsync(log, new string('x', 11 << 20));

        await store.DeployUntilAsync(await store.AddAsync(2));

        Assert.Equal("2", await store.AnswerAsync());
    }

    [Fact]
    public async Task A_service_gets_what_its_configuration_says_and_its_secrets_and_nothing_else_of_the_registry()
    {
        Environment.SetEnvironmentVariable("ENVELOPE_TEST_OWN", "of the registry");
        await using var store = await DeployedStore.StartAsync();
        var secrets = Directory.CreateDirectory(Path.Combine(store.Services, "secrets", "prices")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "db"), "s3cret\n");
        await store.ConfigureAsync(new()
        {
            Environment = new Dictionary<string, string> { ["Limit"] = "7" },
            Secrets = new Dictionary<string, string> { ["Database"] = "db" },
        });
        await store.DeployUntilAsync(await store.AddAsync(1));

        var environment = (await store.Callers.GetFromJsonAsync<Dictionary<string, string>>(
            new Uri($"{store.GatewayUrl}/prices/environment")))!;

        Assert.Equal(
            ("7", "s3cret", "/prices"),
            (environment["Limit"], environment["Database"], environment["Envelope__PathBase"]));
        Assert.DoesNotContain("ENVELOPE_TEST_OWN", environment.Keys);
        Assert.DoesNotContain(
            "s3cret", await store.Client.GetStringAsync("/api/configurations/prices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_of_which_a_database_that_was_brought_back_knows_nothing_is_ended()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1));
        var backup = store.Served.At("backup");
        await Registry.Records.RegistryBackup.SaveAsync(store.Served.Options, backup);
        await store.DeployUntilAsync(await store.AddAsync(2));
        await Patiently.HoldsAsync(() => store.Processes().Count == 1);
        var unknown = store.Processes()[0];

        await store.Served.StopAsync();
        await Registry.Records.RegistryBackup.RestoreAsync(store.Served.Options, backup);
        await store.Served.StartAsync();

        await Patiently.HoldsAsync(async () => await store.AnswerAsync() == "1");
        await Patiently.HoldsAsync(() => store.Processes() is [var only] && only != unknown);
    }

    [Fact]
    public async Task A_gateway_that_was_told_as_often_is_told_again_after_a_database_was_brought_back()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1));
        var process = Directory.GetDirectories(Path.Combine(store.Services, "instances"))[0];
        var backup = store.Served.At("backup");
        await Registry.Records.RegistryBackup.SaveAsync(store.Served.Options, backup);
        await store.DeployUntilAsync(await store.AddAsync(2));
        await Patiently.HoldsAsync(() => store.Processes().Count == 1);

        await store.Served.StopAsync();
        await Registry.Records.RegistryBackup.RestoreAsync(store.Served.Options, backup);
        // Its end was not noted, so that it gets another port, which is one statement more than the backup knows: as
        // many as the gateway was told.
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(process).FullName, "pid"), "4194305");
        await store.Served.StartAsync();

        await Patiently.HoldsAsync(async () => await store.AnswerAsync() == "1");
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_named_with_the_place_for_it()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(
            new() { Secrets = new Dictionary<string, string> { ["Database"] = "db" } });
        var failed = await store.DeployUntilAsync(await store.AddAsync(1), DeploymentState.Failed);
        Assert.Contains("'db'", await store.LogAsync(failed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_that_was_started_again_gets_no_request_before_it_is_ready()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Replicas = 2 });
        await store.DeployUntilAsync(await store.AddAsync(1, new { Answer = 1, StartSeconds = 3, IsBusyUntilReady = true }));
        System.Diagnostics.Process.GetProcessById(store.Processes()[0]).Kill();
        await Patiently.HoldsAsync(() => store.Processes().Count == 2);

        // It listens for three seconds, and says that it is busy, before it is ready.
        for (var begun = System.Diagnostics.Stopwatch.StartNew(); begun.Elapsed < TimeSpan.FromSeconds(5);)
        {
            Assert.Equal("1", await store.AnswerAsync());
        }
    }

    [Fact]
    public async Task A_process_id_that_another_process_has_by_now_ends_nobody()
    {
        using var directory = new TempDirectory();
        using var other = System.Diagnostics.Process.Start("setsid", ["sleep", "600"]); // the first of a group of its own
        Directory.CreateDirectory(directory.At("one"));
        await File.WriteAllTextAsync(Path.Combine(directory.At("one"), "pid"), $"{other.Id}\n");
        var process = new DetachedProcess(directory.At("one"), "another program");

        Assert.False(process.IsRunning);
        await process.StopAsync(TimeSpan.Zero, default);

        Assert.False(other.WaitForExit(TimeSpan.FromMilliseconds(500)));
        other.Kill();
    }

    [Fact]
    public async Task A_process_is_started_once_however_often_and_by_however_many()
    {
        using var directory = new TempDirectory();
        var time = $"600.{Random.Shared.Next()}"; // nobody else's
        var mark = $"sleep\0{time}";
        var all = Enumerable.Range(0, 8).Select(_ => new DetachedProcess(directory.At("one"), mark)).ToList();
        try
        {
            await Task.WhenAll(all.Select(one => one.StartAsync(
                ["sleep", time], "/", CleanEnvironment.Of(user: null), default)));
            await all[0].StartAsync(["sleep", time], "/", CleanEnvironment.Of(user: null), default);
            Assert.All(all, one => Assert.True(one.IsRunning));
            await Task.Delay(500); // in which each of them would have become the program
            Assert.Equal(1, CommandLines.Count(mark));
        }
        finally
        {
            await all[0].StopAsync(TimeSpan.FromSeconds(1), default);
        }

        Assert.Equal(0, CommandLines.Count(mark));

        Assert.All(all, one => Assert.False(one.IsRunning));
    }

    [Fact]
    public async Task A_process_that_does_not_end_when_it_is_asked_to_is_ended_with_what_it_started()
    {
        using var directory = new TempDirectory();
        var process = new DetachedProcess(directory.At("one"), "stubborn");
        await process.StartAsync(
            ["sh", "-c", "trap '' TERM; sleep 600 & echo $!; wait; wait", "stubborn"], "/", CleanEnvironment.Of(user: null), default);
        await Patiently.HoldsAsync(() => LogFiles.End(process.LogFile, 1).Length > 0);
        var child = LogFiles.End(process.LogFile, 1);

        await process.StopAsync(TimeSpan.FromMilliseconds(200), default);

        Assert.False(process.IsRunning);
        await Patiently.HoldsAsync(() => !Directory.Exists($"/proc/{child}")
            || File.ReadAllText($"/proc/{child}/stat").Contains(") Z", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task What_a_process_started_is_ended_although_the_process_itself_is_gone(bool isForgotten)
    {
        using var directory = new TempDirectory();
        var process = new DetachedProcess(directory.At("one"), "killed");
        await process.StartAsync(
            ["sh", "-c", "sleep 600 & echo $!; wait", "killed"], "/", CleanEnvironment.Of(user: null), default);
        await Patiently.HoldsAsync(() => LogFiles.End(process.LogFile, 1).Length > 0);
        var child = LogFiles.End(process.LogFile, 1);
        var id = await File.ReadAllTextAsync(Path.Combine(directory.At("one"), "pid"));
        using var first = System.Diagnostics.Process.GetProcessById(
            int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
        first.Kill();
        await Patiently.HoldsAsync(() => process.IsRunning == false);
        Assert.True(Runs(child));

        if (isForgotten)
        {
            process.Forget();
        }
        else
        {
            await process.StopAsync(TimeSpan.FromSeconds(30), default);
        }

        await Patiently.HoldsAsync(() => !Runs(child));
    }

    [Fact]
    public async Task What_another_process_of_the_same_id_left_behind_is_let_be()
    {
        using var directory = new TempDirectory();
        var other = new DetachedProcess(directory.At("other"), "killed");
        await other.StartAsync(
            ["sh", "-c", "sleep 600 & echo $!", "killed"], "/", CleanEnvironment.Of(user: null), default);
        await Patiently.HoldsAsync(() => LogFiles.End(other.LogFile, 1).Length > 0 && other.IsRunning == false);
        var child = LogFiles.End(other.LogFile, 1);
        Directory.CreateDirectory(directory.At("one"));
        File.Copy(Path.Combine(directory.At("other"), "pid"), Path.Combine(directory.At("one"), "pid"));

        await new DetachedProcess(directory.At("one"), "killed").StopAsync(TimeSpan.Zero, default);
        Assert.True(Runs(child));

        await other.StopAsync(TimeSpan.Zero, default);
        Assert.False(Runs(child));
    }

    private static bool Runs(string id) => Directory.Exists($"/proc/{id}")
        && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal);

    [Fact]
    public void Of_a_log_that_is_too_large_the_beginning_is_kept_beside_it_once()
    {
        using var directory = new TempDirectory();
        var path = directory.At("log");
        File.WriteAllText(path, new string('a', 11 << 20) + "\nend");
        LogFiles.Rotate(path);
        Assert.Equal(0, new FileInfo(path).Length);
        Assert.Equal("end", LogFiles.End(path + ".1", 1));

        File.WriteAllText(path, "small");
        LogFiles.Rotate(path);
        Assert.Equal("small", LogFiles.End(path, 5));
    }

    [Fact]
    public void Pauses_between_starts_grow_to_half_a_minute()
    {
        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 32],
            Enumerable.Range(1, 7).Select(ends => ProcessKeeper.PauseAfter(ends).TotalSeconds));
    }
}
