using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>
/// Who may give a program which secrets of a cluster. They are those of the namespace, and so of all configurations and
/// batches; on this machine each has a folder of its own.
/// </summary>
internal static class SecretRights
{
    /// <param name="grants">What the caller may.</param>
    /// <param name="runtime">What runs the program.</param>
    /// <param name="secrets">The secrets that it is to have, by their variables.</param>
    /// <param name="before">
    /// What ran it before, and with which secrets: those of a cluster it may keep, since somebody gave them who may.
    /// </param>
    /// <exception cref="DeniedException">The caller may not.</exception>
    public static void Ensure(
        Grants grants, string runtime, IReadOnlyDictionary<string, string> secrets,
        (string Runtime, IReadOnlyDictionary<string, string> Secrets)? before)
    {
        var kept = before is { Runtime: ServiceRuntime.Kubernetes } cluster ? cluster.Secrets.Values : [];
        if (runtime == ServiceRuntime.Kubernetes && grants.Names is { } names
            && secrets.Values.Except(kept).FirstOrDefault(one => !names.IsMatch(one)) is { } other)
        {
            throw new DeniedException(
                $"The secret '{other}' is one of the cluster's namespace, and may be of others: who is limited to "
                + $"'{names.Text}' may give programs only secrets whose names are of these. Call it so, or ask "
                + "somebody who may deploy all to save this.");
        }
    }
}
