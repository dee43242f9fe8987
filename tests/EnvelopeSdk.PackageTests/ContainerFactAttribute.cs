namespace EnvelopeSdk.PackageTests;

/// <summary>A test that runs containers, of an image that it makes of Debian's packages, for which it has to be root.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerFactAttribute : FactAttribute
{
    private static readonly string[] Needed = ["podman", "runc", "debootstrap", "tar"];

    public ContainerFactAttribute()
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = Needed.Where(one => !paths.Any(path => File.Exists(Path.Combine(path, one)))).ToList();
        Skip = missing.Count > 0
            ? $"Not installed: {string.Join(", ", missing)}. On Debian: apt-get install --no-install-recommends podman runc debootstrap"
            : Environment.IsPrivilegedProcess ? null : "debootstrap has to be run as root.";
    }
}
