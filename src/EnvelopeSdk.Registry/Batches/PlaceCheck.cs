using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>Says of where a batch writes what its job would not take.</summary>
internal static class PlaceCheck
{
    /// <summary>With what the files end that a job writes.</summary>
    private static readonly string[] Endings = [".parquet", ".csv", ".jsonl", ".arrow"];

    /// <summary>The places that settings name, with their pointers.</summary>
    public static IReadOnlyList<(string Pointer, string Place)> Of(BatchSettings settings) =>
    [
        .. new[] { ("/output", settings.Output), ("/quarantine", settings.Quarantine), ("/log", settings.Log) }
            .Where(one => !string.IsNullOrWhiteSpace(one.Item2)).Select(one => (one.Item1, one.Item2!)),
    ];

    /// <param name="settings">The settings.</param>
    /// <param name="pointer">The pointer of the place.</param>
    /// <param name="place">The place.</param>
    /// <param name="ensure">Is told whether something is so, with the pointer and the cure.</param>
    /// <exception cref="EnvelopeException">It is a database without a table.</exception>
    public static void Run(BatchSettings settings, string pointer, string place, Action<bool, string, string> ensure)
    {
        var table = DatabaseTable.Parse(place);
        ensure(place != settings.Input, pointer, "It is what the batch reads. Name a place of its own");
        ensure(
            RunPaths.Unknown(place) is null, pointer,
            $"'{RunPaths.Unknown(place)}' stands for nothing, and would be part of the name. Write {RunPaths.Known}, "
            + "or no braces");
        ensure(
            table?.Kind == DatabaseKind.PostgreSql || Path.IsPathRooted(place), pointer,
            $"'{place}' would lie in a directory that is removed. Write the whole path, from '/' on");
        ensure(
            table is not null || Endings.Any(one => place.EndsWith(one, StringComparison.OrdinalIgnoreCase)), pointer,
            $"'{place}' is no file that a job writes. Let it end with one of {string.Join(", ", Endings)}, or name a "
            + "table, as in '/data/prices.duckdb#prices'");
        if (place == settings.Output)
        {
            ensure(
                table is not null || !settings.Append, "/append",
                "Rows are appended to tables of databases alone. Name one as the output, or let each run have a file "
                + "of its own with '{run}'");
            ensure(pointer == "/output", pointer, "The output is there. Name a place of its own");
            return;
        }

        ensure(
            table is null || table.Address == DatabaseTable.Parse(settings.Output)?.Address, pointer,
            $"'{place}' can be a table only where the output is one of the same database. Name a file for it");
        ensure(
            table is not null || !settings.Append || place.Contains("{run}", StringComparison.Ordinal), pointer,
            $"'{place}' is there already for the second run that appends rows. Say '{{run}}' in its name, or name a "
            + "table of the output's database");
    }
}
