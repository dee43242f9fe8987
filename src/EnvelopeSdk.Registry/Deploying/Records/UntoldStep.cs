using System.Data.Common;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>What a deployment came to, and nobody was told yet.</summary>
/// <param name="Id">The place of the step among all.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Envelope">Its envelope.</param>
/// <param name="Step">What it came to.</param>
internal sealed record UntoldStep(
    long Id, long Deployment, string Configuration, EnvelopeReference Envelope, DeploymentStep Step)
{
    /// <summary>Reads the columns id, state, time, who and note.</summary>
    public static DeploymentStep ReadStep(DbDataReader row) => new(
        row.GetString(1), new(row.GetInt64(2), TimeSpan.Zero),
        row.IsDBNull(3) ? null : StoredText.Read(row.GetString(3)),
        row.IsDBNull(4) ? null : StoredText.Read(row.GetString(4)));

    public static UntoldStep Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(5), row.GetString(6), new(row.GetString(7), Named.Digest(row.GetString(8))),
        ReadStep(row));
}
