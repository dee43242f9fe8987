using System.Text.RegularExpressions;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>What an address of the registry's interface is about.</summary>
internal enum Topic
{
    /// <summary><c>/v2/</c>.</summary>
    Version,

    /// <summary><c>/v2/_catalog</c>.</summary>
    Catalog,

    /// <summary><c>/v2/NAME/tags/list</c>.</summary>
    Tags,

    /// <summary><c>/v2/NAME/manifests/REFERENCE</c>.</summary>
    Manifest,

    /// <summary><c>/v2/NAME/referrers/DIGEST</c>.</summary>
    Referrers,

    /// <summary><c>/v2/NAME/blobs/DIGEST</c>.</summary>
    Blob,

    /// <summary><c>/v2/NAME/blobs/uploads/</c>.</summary>
    Uploads,

    /// <summary><c>/v2/NAME/blobs/uploads/ID</c>.</summary>
    Upload,
}

/// <summary>An address of the registry's interface.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Repository">The repository, which nobody has checked; null for topics without.</param>
/// <param name="Reference">A tag, digest or id, which nobody has checked.</param>
internal sealed partial record RequestPath(Topic Topic, string? Repository, string Reference)
{
    /// <param name="path">What is behind <c>/v2/</c>.</param>
    /// <returns>Null when it is no address of the interface.</returns>
    public static RequestPath? TryParse(string path)
    {
        if (path is "" or "_catalog")
        {
            return new(path.Length == 0 ? Topic.Version : Topic.Catalog, null, "");
        }

        // The name takes as much as it can: its own parts may be called like what is behind it.
        var match = Form().Match(path);
        return !match.Success ? null : new(
            match.Groups["topic"].Value switch
            {
                "tags" => Topic.Tags,
                "manifests" => Topic.Manifest,
                "referrers" => Topic.Referrers,
                "blobs" => Topic.Blob,
                _ => match.Groups["reference"].Value.Length == 0 ? Topic.Uploads : Topic.Upload,
            },
            match.Groups["name"].Value,
            match.Groups["reference"].Value);
    }

    [GeneratedRegex(
        @"^(?<name>.+)/((?<topic>tags)/list|(?<topic>blobs/uploads)(/(?<reference>[^/]*))?"
        + @"|(?<topic>manifests|referrers|blobs)/(?<reference>[^/]+))\z",
        RegexOptions.Singleline)]
    private static partial Regex Form();
}
