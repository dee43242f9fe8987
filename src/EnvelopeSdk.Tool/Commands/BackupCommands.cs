using System.CommandLine;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope registry backup</c> and <c>restore</c>: copies of what no store can tell, as keys and audit.
/// </summary>
internal static class BackupCommands
{
    /// <param name="database">The option that names the database.</param>
    public static IEnumerable<Command> Create(Option<string?> database) =>
        [CreateBackup(database), CreateRestore(database)];

    private static ToolCommand CreateBackup(Option<string?> database)
    {
        var file = new Argument<string>("file") { Description = "The file, which is not there yet." };
        var command = new ToolCommand(
            "backup", "Copies keys, audit and webhooks into a file, while the registry runs or not.",
            "envelope registry backup registry-2026-01-31.db")
        {
            file, database,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            await RegistryBackup.SaveAsync(RegistryPlace.Of(parsed, database), path, cancellation);
            Console.WriteLine(
                $"'{path}' has keys (their hashes), audit and webhooks (with their secrets): keep it where its owner alone "
                + "can read it. Envelopes are in the store, which is backed up as any directory.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateRestore(Option<string?> database)
    {
        var file = new Argument<string>("file") { Description = "What 'envelope registry backup' has written." };
        var command = new ToolCommand(
            "restore", "Takes keys, audit and webhooks from a backup in place of those that are there.",
            "envelope registry restore registry-2026-01-31.db")
        {
            file, database,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var before = await RegistryBackup.RestoreAsync(RegistryPlace.Of(parsed, database), path, cancellation);
            Console.WriteLine(
                $"Keys, audit and webhooks are those of '{path}'. Keys that were revoked since are valid again: 'envelope "
                + $"registry key list' shows them.{(before is null ? "" : $" What was there before is in '{before}'.")}");
            return ExitCodes.Done;
        });
        return command;
    }
}
