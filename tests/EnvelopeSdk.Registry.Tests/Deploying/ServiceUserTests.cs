using System.Runtime.Versioning;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

[Collection(ProcessesCollection.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class ServiceUserTests
{
    private const string Other = "nobody";
    private const string Denied = nameof(UnauthorizedAccessException);
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [RootFact]
    public async Task A_service_of_another_user_reads_neither_the_files_of_the_registry_nor_what_the_system_says_of_its_process()
    {
        await using var store = await DeployedStore.StartAsync(runAs: Other);
        await store.ConfigureAsync();
        var secret = Path.Combine(Directory.CreateDirectory(Path.Combine(store.Services, "secrets", "prices")).FullName, "key");
        await File.WriteAllTextAsync(secret, "of the registry");
        await store.DeployUntilAsync(await store.AddAsync(1));
        var process = store.Processes()[0];
        var instance = Directory.GetDirectories(Path.Combine(store.Services, "instances"))[0];

        Assert.Equal("1", await store.AnswerAsync());
        Assert.Contains("Uid:\t65534\t65534", await File.ReadAllTextAsync($"/proc/{process}/status"), StringComparison.Ordinal);
        foreach (var path in (string[])[
            secret, Path.Combine(instance, "log"), Path.Combine(instance, "pid"), $"/proc/{Environment.ProcessId}/environ",
            Path.Combine(store.Served.Directory, "registry", "index.db"), Path.Combine(store.Services, "id")])
        {
            Assert.True(File.Exists(path), path);
            Assert.Equal(Denied, await ReadAsync(store, path));
        }

        Assert.Equal(await File.ReadAllTextAsync("/etc/passwd"), await ReadAsync(store, "/etc/passwd"));
    }

    [RootFact]
    public async Task A_service_of_the_registrys_own_user_reads_what_that_reads()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        await store.DeployUntilAsync(await store.AddAsync(1));

        var id = Path.Combine(store.Services, "id");
        Assert.Equal(await File.ReadAllTextAsync(id), await ReadAsync(store, id));
    }

    [RootFact]
    public async Task What_a_build_made_is_read_with_its_own_rights()
    {
        using var directory = new TempDirectory();
        Pass(directory.FullPath);
        var user = ServiceUser.Find(Other)!;
        var secret = directory.At("secret");
        await File.WriteAllTextAsync(secret, "of the registry");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        var made = Directory.CreateDirectory(directory.At("made")).FullName;
        await File.WriteAllTextAsync(Path.Combine(made, "Service.dll"), "program");
        File.CreateSymbolicLink(Path.Combine(made, "passwd"), "/etc/passwd");
        user.Give(made);

        var sound = Directory.CreateDirectory(directory.At("sound")).FullName;
        await user.CopyAsync(made, sound, CancellationToken.None);
        Assert.Equal("program", await File.ReadAllTextAsync(Path.Combine(sound, "Service.dll")));
        Assert.Equal(await File.ReadAllTextAsync("/etc/passwd"), await File.ReadAllTextAsync(Path.Combine(sound, "passwd")));
        Assert.Null(new FileInfo(Path.Combine(sound, "passwd")).LinkTarget);

        File.CreateSymbolicLink(Path.Combine(made, "z"), secret);
        var bad = Directory.CreateDirectory(directory.At("bad")).FullName;
        await Assert.ThrowsAsync<EnvelopeException>(() => user.CopyAsync(made, bad, CancellationToken.None));
        Assert.False(File.Exists(Path.Combine(bad, "z")));
    }

    [RootFact]
    public async Task A_link_of_a_build_to_a_device_becomes_no_device_and_two_links_to_a_file_become_two_files()
    {
        using var directory = new TempDirectory();
        Pass(directory.FullPath);
        var user = ServiceUser.Find(Other)!;
        var made = Directory.CreateDirectory(directory.At("made")).FullName;
        await File.WriteAllTextAsync(Path.Combine(made, "one"), "twice");
        await Programs.RunAsync("ln", Path.Combine(made, "one"), Path.Combine(made, "other"));
        user.Give(made);
        var sound = Directory.CreateDirectory(directory.At("sound")).FullName;
        await user.CopyAsync(made, sound, CancellationToken.None);
        Assert.Equal("twice", await File.ReadAllTextAsync(Path.Combine(sound, "other")));

        File.CreateSymbolicLink(Path.Combine(made, "device"), "/dev/null");
        var bad = Directory.CreateDirectory(directory.At("bad")).FullName;
        var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => user.CopyAsync(made, bad, CancellationToken.None));
        Assert.Contains("'./device'", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(bad, "device")));
    }

    [RootFact]
    public void What_the_registry_runs_as_the_user_has_nothing_of_its_environment()
    {
        Environment.SetEnvironmentVariable("ENVELOPE_TEST_SECRET", "of the registry");
        var seen = ServiceUser.Find(Other)!.Command("env");

        Assert.DoesNotContain("ENVELOPE_TEST_SECRET", ServiceUser.Ask(seen).Said, StringComparison.Ordinal);
        Assert.Contains("PATH=", ServiceUser.Ask(seen).Said, StringComparison.Ordinal);
    }

    [RootFact]
    public void What_others_cannot_remove_of_a_build_is_removed_however_much_they_say_of_it()
    {
        using var directory = new TempDirectory();
        var made = Directory.CreateDirectory(directory.At("made")).FullName;
        foreach (var number in Enumerable.Range(0, 2_000))
        {
            File.CreateSymbolicLink(Path.Combine(made, new string('a', 100) + number), "/nowhere");
        }

        File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ServiceUser.Find(Other)!.Give(made);
        ServiceUser.Remove(made);

        Assert.False(Directory.Exists(made));
    }

    [RootFact]
    public void A_directory_with_other_things_in_it_is_not_taken_for_services()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.At("thesis.txt"), "");
        var mode = File.GetUnixFileMode(directory.FullPath);
        using var place = new EnginePlace(RegistryProgram.DeployingOf(directory.FullPath, directory.At("gw"), "http://127.0.0.1:1"));

        var refusal = Assert.Throws<EnvelopeException>(() => place.TryTake());

        Assert.Contains("'thesis.txt'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(mode, File.GetUnixFileMode(directory.FullPath));
    }

    [RootFact]
    public void A_second_engine_changes_no_right_of_the_place_of_the_first()
    {
        using var directory = new TempDirectory();
        Pass(directory.FullPath);
        var options = RegistryProgram.DeployingOf(directory.At("services"), directory.At("gw"), "http://127.0.0.1:1");
        using var first = new EnginePlace(options with { RunAs = Other });
        Assert.True(first.TryTake());
        var mode = File.GetUnixFileMode(first.Builds);
        using var second = new EnginePlace(options);

        Assert.False(second.TryTake());
        Assert.Equal(mode, File.GetUnixFileMode(first.Builds));
    }

    [RootFact]
    public void A_user_that_is_not_there_and_root_are_refused_with_the_cure()
    {
        Assert.Null(ServiceUser.Find(null));
        Assert.Contains("no such user", Refusal("not-there"), StringComparison.Ordinal);
        Assert.Contains("that is root", Refusal("root"), StringComparison.Ordinal);
        Assert.Contains("--run-as", Refusal("root"), StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_directory_that_the_user_cannot_enter_keeps_the_registry_from_starting()
    {
        var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => ServedStore.StartAsync(options => options with
        {
            Deploying = RegistryProgram.DeployingOf(
                Path.Combine(Path.GetDirectoryName(options.Store)!, "services"), options.UserDirectory, "http://127.0.0.1:1") with
            {
                RunAs = Other,
            },
        }));

        Assert.Contains($"'{Other}', as whom services run, cannot come to '", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("chmod a+x", refusal.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_store_that_the_user_can_come_into_is_refused_and_a_new_one_is_made_for_the_registry_alone()
    {
        using var directory = new TempDirectory();
        Pass(directory.FullPath);
        var user = ServiceUser.Find(Other)!;
        var open = Directory.CreateDirectory(directory.At("open"), Passable).FullName;

        var refusal = Assert.Throws<EnvelopeException>(() => user.ShutOutOf(open)).Message;
        user.ShutOutOf(directory.At("new"));

        Assert.Contains(open, refusal, StringComparison.Ordinal);
        Assert.Contains("chmod 700", refusal, StringComparison.Ordinal);
        Assert.True(Directory.Exists(directory.At("new")));
    }

    private static string Refusal(string name) => Assert.Throws<EnvelopeException>(() => ServiceUser.Find(name)).Message;

    private static void Pass(string directory) => File.SetUnixFileMode(directory, Passable);

    private static Task<string> ReadAsync(DeployedStore store, string path) => store.Callers.GetStringAsync(
        new Uri($"{store.GatewayUrl}/prices/file?path={Uri.EscapeDataString(path)}"));
}
