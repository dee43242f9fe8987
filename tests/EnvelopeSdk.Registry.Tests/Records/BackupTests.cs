using System.Net;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Support;
using Microsoft.Data.Sqlite;

namespace EnvelopeSdk.Registry.Tests.Records;

public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_of_a_running_registry_brings_keys_and_audit_back_also_while_it_runs()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        var key = await served.AddKeyAsync("early", Role.Read);
        await RegistryBackup.SaveAsync(served.Options, served.At("backup.db"));
        var late = await served.AddKeyAsync("late", Role.Read);
        await served.RevokeKeyAsync("early");
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(served, key));

        var before = await RegistryBackup.RestoreAsync(served.Options, served.At("backup.db"));

        Assert.Equal(HttpStatusCode.OK, await TryAsync(served, key));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(served, late));
        Assert.DoesNotContain("revoke-key", await served.Client.GetStringAsync("/api/audit"), StringComparison.Ordinal);

        await RegistryBackup.RestoreAsync(served.Options, before!);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(served, late));
    }

    [Fact]
    public async Task A_damaged_database_stops_the_start_and_a_backup_brings_it_back()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        var key = await served.AddKeyAsync("early", Role.Read);
        await RegistryBackup.SaveAsync(served.Options, served.At("backup.db"));
        await served.StopAsync();
        var file = RecordsDatabase.FileOf(served.Directory);
        await File.WriteAllTextAsync(file, "this is no database, and long enough to be looked at as one");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(served.StartAsync);
        Assert.Equal(EnvelopeError.Damaged, failure.Error);
        Assert.Contains("envelope registry restore", failure.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file + "-wal", "what came last");
        var before = await RegistryBackup.RestoreAsync(served.Options, served.At("backup.db"));
        Assert.StartsWith("this is no database", await File.ReadAllTextAsync(before!), StringComparison.Ordinal);
        Assert.Equal("what came last", await File.ReadAllTextAsync(before + "-wal"));
        await served.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await TryAsync(served, key));
    }

    [Fact]
    public async Task What_is_no_backup_changes_nothing()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        var key = await served.AddKeyAsync("early", Role.Read);
        await File.WriteAllTextAsync(served.At("text"), new string('x', 5000));
        File.Copy(Path.Combine(served.Directory, "registry", "index.db"), served.At("index.db"));
        foreach (var file in (string[])["text", "index.db", "none"])
        {
            await Assert.ThrowsAsync<EnvelopeException>(() => RegistryBackup.RestoreAsync(served.Options, served.At(file)));
        }

        var newer = await Assert.ThrowsAsync<EnvelopeException>(async () => await RegistryBackup.RestoreAsync(
            served.Options, await OfTomorrowAsync(served)));
        Assert.Equal(EnvelopeError.UnknownVersion, newer.Error);
        var damaged = await Assert.ThrowsAsync<EnvelopeException>(async () => await RegistryBackup.RestoreAsync(
            served.Options, await WithBadPageAsync(served, "early")));
        Assert.Equal(EnvelopeError.Damaged, damaged.Error);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(served, key));
        Assert.Empty(Directory.GetFiles(Path.Combine(served.Directory, "registry"), "*.partial*"));
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_alone_and_takes_no_other_files_place()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        await RegistryBackup.SaveAsync(served.Options, served.At("backup.db"));
        if (!OperatingSystem.IsWindows())
        {
            string[] files = [served.At("backup.db"), .. Directory.GetFiles(Path.Combine(served.Directory, "registry"), "registry.db*")];
            foreach (var file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }

        var taken = await Assert.ThrowsAsync<EnvelopeException>(
            () => RegistryBackup.SaveAsync(served.Options, served.At("backup.db")));
        Assert.Equal(EnvelopeError.Invalid, taken.Error);
        var nowhere = await Assert.ThrowsAsync<EnvelopeException>(
            () => RegistryBackup.SaveAsync(served.Options, served.At("none/backup.db")));
        Assert.Contains("none/backup.db", nowhere.Message, StringComparison.Ordinal);
        var elsewhere = await Assert.ThrowsAsync<EnvelopeException>(
            () => RegistryBackup.SaveAsync(served.Options with { Database = "Host=db" }, served.At("other.db")));
        Assert.Contains("pg_dump", elsewhere.Message, StringComparison.Ordinal);
    }

    private static async Task<string> OfTomorrowAsync(ServedStore served)
    {
        await RegistryBackup.SaveAsync(served.Options, served.At("newer.db"));
        await using var connection = new SqliteConnection($"Data Source={served.At("newer.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "insert into migration_records (number, name) values (999, 'of tomorrow')";
        await command.ExecuteNonQueryAsync();
        return served.At("newer.db");
    }

    /// <summary>A backup whose first page with a text has no beginning; all others are sound.</summary>
    private static async Task<string> WithBadPageAsync(ServedStore served, string text)
    {
        const int PageSize = 4096;
        var path = served.At("bad-page.db");
        await RegistryBackup.SaveAsync(served.Options, path);
        var bytes = await File.ReadAllBytesAsync(path);
        var place = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
        bytes.AsSpan(place / PageSize * PageSize, 8).Clear();
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    private static async Task<HttpStatusCode> TryAsync(ServedStore served, string key)
    {
        using var client = served.NewClient(key);
        return (await client.GetAsync("/api/envelopes")).StatusCode;
    }
}
