namespace EnvelopeSdk.Kubernetes;

/// <summary>A PersistentVolumeClaim of the namespace, where jobs read and write files.</summary>
/// <param name="Claim">Its name.</param>
/// <param name="Path">Where jobs have it: a path from <c>/</c> on.</param>
public sealed record ClaimMount(string Claim, string Path = ClaimMount.UsualPath)
{
    /// <summary>Where jobs have it that are told no other path.</summary>
    public const string UsualPath = "/data";

    /// <summary>Reads <c>NAME</c> or <c>NAME:/path</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="EnvelopeException">It is neither.</exception>
    public static ClaimMount Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf(':', StringComparison.Ordinal);
        var mount = at < 0 ? new ClaimMount(text) : new ClaimMount(text[..at], text[(at + 1)..].TrimEnd('/'));
        Manifests.ManifestCheck.Run(mount);
        return mount;
    }

    /// <summary>Whether a path is of a file in it, wherever links lead.</summary>
    /// <param name="path">The path.</param>
    public bool Has(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(Path + "/", StringComparison.Ordinal)
            && !path.Split('/').Contains("..", StringComparer.Ordinal);
    }
}
