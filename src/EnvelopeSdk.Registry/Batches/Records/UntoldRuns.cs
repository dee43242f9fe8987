using System.Data.Common;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Records;

namespace EnvelopeSdk.Registry.Batches.Records;

/// <summary>How a run ended, which was not announced yet.</summary>
/// <param name="Id">The run.</param>
/// <param name="Batch">Its batch.</param>
/// <param name="Name">The name of the envelope; null: it found none.</param>
/// <param name="Digest">The digest of the envelope; null: it found none.</param>
/// <param name="State">How it ended.</param>
/// <param name="Reason">Why it ended so.</param>
/// <param name="Ended">When.</param>
/// <param name="RequestedBy">Who had asked for it.</param>
internal sealed record UntoldRun(
    long Id, string Batch, string? Name, string? Digest, string State, string? Reason, DateTimeOffset Ended,
    string RequestedBy);

/// <summary>The runs that have ended, and nobody was told.</summary>
internal sealed class UntoldRuns(RecordsDatabase database)
{
    private const string Untold =
        """
        select id, batch, envelope, digest, state, reason, ended, requested_by from batch_run
        where told = 0 and active = 0 and batch in (select name from batch where place = @0)
        order by ended, id limit 100
        """;

    /// <summary>Those of a place's batches, the earliest first.</summary>
    public Task<IReadOnlyList<UntoldRun>> ListAsync(string place, CancellationToken cancellationToken) =>
        database.ReadAsync(Untold, Read, cancellationToken, place);

    /// <summary>Notes that they were announced.</summary>
    public Task ToldAsync(IEnumerable<UntoldRun> told, CancellationToken cancellationToken) => database.WriteAsync(
        async statements =>
        {
            foreach (var one in told)
            {
                await statements.RunAsync("update batch_run set told = 1 where id = @0", cancellationToken, one.Id);
            }

            return true;
        },
        cancellationToken);

    private static UntoldRun Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), Text(row, 2), Text(row, 3), row.GetString(4), Text(row, 5),
        new(row.GetInt64(6), TimeSpan.Zero), Text(row, 7)!);

    private static string? Text(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : StoredText.Read(row.GetString(column));
}
