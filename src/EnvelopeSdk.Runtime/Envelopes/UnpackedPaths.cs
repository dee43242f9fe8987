namespace EnvelopeSdk.Envelopes;

/// <summary>The files of an unpacked envelope that have no path in the envelope.</summary>
internal static class UnpackedPaths
{
    public const string Manifest = "manifest.json";
    public const string Config = "config.json";
    public const string Labels = "labels.json";
    public const string Stamps = "stamps.json";

    public static readonly IReadOnlyList<string> Own = [Manifest, Config, Labels, Stamps];
}
