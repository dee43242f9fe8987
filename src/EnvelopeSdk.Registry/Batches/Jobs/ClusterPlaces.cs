using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Kubernetes;
using EnvelopeSdk.Registry.Deploying;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>
/// Says of what a batch reads and writes what a container on a cluster does not have, or would not keep.
/// </summary>
internal static class ClusterPlaces
{
    /// <param name="settings">The settings.</param>
    /// <param name="mount">What jobs have of files; null: nothing.</param>
    /// <exception cref="EnvelopeException">A place is no table of a server, and not in the claim.</exception>
    public static void Check(BatchSettings settings, ClaimMount? mount)
    {
        var wrong = PlaceCheck.Of(settings).Prepend((Pointer: "/input", Place: settings.Input ?? ""))
            .Where(one => one.Place.Length > 0 && IsFile(one.Place) && mount?.Has(one.Place) != true)
            .Select(one => new SettingsFault(
                one.Pointer, $"'{one.Place}' would be a file of the container, which is gone with it. {Cure(mount)}"))
            .ToList();
        if (wrong.Count > 0)
        {
            throw SettingsFault.All(wrong);
        }
    }

    private static string Cure(ClaimMount? mount) => mount is null
        ? $"Let jobs have a claim (envelope registry --batch-claim NAME:{ClaimMount.UsualPath}), or name a table of "
            + "PostgreSQL."
        : $"Write a path below '{mount.Path}', where jobs have the claim '{mount.Claim}', or name a table of "
            + "PostgreSQL.";

    /// <summary>Whether it is a file. What a query reads it says itself.</summary>
    private static bool IsFile(string place) =>
        !DatabaseTable.IsQuery(place) && DatabaseTable.Parse(place)?.Kind != DatabaseKind.PostgreSql;
}
