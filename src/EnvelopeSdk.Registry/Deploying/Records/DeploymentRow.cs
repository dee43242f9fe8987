using System.Data.Common;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>A deployment with what the engine alone needs to know of it.</summary>
/// <param name="Shown">What everybody sees.</param>
/// <param name="Approval">Why somebody has to approve it; null: nobody has to.</param>
/// <param name="Since">Since when it is in its state.</param>
/// <param name="Canary">What the gateway had counted when the step began, as JSON.</param>
/// <param name="IsActive">Whether it is under way.</param>
/// <param name="IsLive">Whether it is what runs.</param>
internal sealed record DeploymentRow(
    Deployment Shown, string? Approval, DateTimeOffset Since, string? Canary, bool IsActive, bool IsLive)
{
    public long Id => Shown.Id;

    public string State => Shown.State;

    public string Configuration => Shown.Configuration;

    public EnvelopeReference Envelope => new(
        Shown.Name,
        Digest.TryParse(Shown.Digest, out var digest)
            ? digest
            : throw new InvalidDataException($"'{Shown.Digest}' is no digest."));

    /// <summary>Whether its processes are to run.</summary>
    public bool Runs => IsLive || (IsActive && State is DeploymentState.Starting or DeploymentState.Validated
        or DeploymentState.Canary or DeploymentState.Switched or DeploymentState.Drained);

    public static DeploymentRow Read(DbDataReader row) => new(
        new(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5),
            row.GetString(6), Text(row, 7), Time(row, 8)!.Value, Text(row, 9)!, Text(row, 10), Text(row, 11),
            (int)row.GetInt64(12), Number(row, 13), Number(row, 14), Time(row, 15), Time(row, 16)),
        Text(row, 17), Time(row, 18)!.Value, Text(row, 19), row.GetInt64(20) == 1, row.GetInt64(21) == 1);

    private static string? Text(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : StoredText.Read(row.GetString(column));

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
