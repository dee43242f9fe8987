using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registries;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// Finds what proves to a registry who asks, where the tools of containers keep it: <c>REGISTRY_AUTH_FILE</c>, then
/// Docker's own file, then that of podman and skopeo. Where there is none, and a registry of envelopes asks, it is the
/// key in <c>ENVELOPE_KEY</c> (of that in <c>ENVELOPE_HOME</c>, or on this machine), then the one that this user has
/// logged in with, then the token of a registry on this machine that this user has started.
/// </summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="directory">The folder of settings.</param>
internal sealed class RegistryCredentials(Func<string, string?> variable, string? directory = null)
{
    /// <param name="registry">The registry that asks.</param>
    /// <param name="isOurs">
    /// Whether it asks as registries of envelopes do, and for itself: no other is sent what is for those alone.
    /// </param>
    /// <param name="cancellationToken">Stops the finding.</param>
    /// <returns>Null when nothing is kept for the registry.</returns>
    /// <exception cref="EnvelopeException">A file cannot be read, or a program that keeps passwords fails.</exception>
    public async Task<RegistryCredential?> FindAsync(
        OciReference registry, bool isOurs, CancellationToken cancellationToken)
    {
        foreach (var file in Files().Where(File.Exists))
        {
            var text = await StoredFile.ReadAsync(file, cancellationToken);
            var logins = DistributionJsonContext.TryRead(text, DistributionJsonContext.Default.LoginDocument)
                ?? throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{file}' is not JSON. Log in anew, or mend it.");
            var found = await FindAsync(logins, registry, cancellationToken);
            if (found is not null)
            {
                return found;
            }
        }

        return isOurs && Key(registry) is { } key ? new("key", key, null) : null;
    }

    private string? Key(OciReference registry)
    {
        var settings = directory ?? StartTokens.UserDirectory;
        return variable("ENVELOPE_KEY") is { Length: > 0 } key && IsMeant(registry) ? key
            : StoredKeys.Find(settings, registry.Host) is { Length: > 0 } kept ? kept
            : registry.IsLoopback ? StartTokens.Find(settings, registry.Host) : null;
    }

    /// <summary>
    /// The variable names no registry: it is for that of <c>ENVELOPE_HOME</c>, and for those on this machine. How
    /// another one asks proves nothing, since anybody can ask so.
    /// </summary>
    private bool IsMeant(OciReference registry) => registry.IsLoopback
        || (variable(EnvelopeStore.HomeVariable) is { } home && RegistryAddress.IsAddress(home)
            && RegistryAddress.Parse(home).Host == registry.Host);

    private async Task<RegistryCredential?> FindAsync(
        LoginDocument logins, OciReference registry, CancellationToken cancellationToken)
    {
        var server = registry.Host == "docker.io" ? "https://index.docker.io/v1/" : registry.Host;
        var helper = logins.CredHelpers?.GetValueOrDefault(registry.Host) ?? logins.CredsStore;
        var kept = string.IsNullOrEmpty(helper)
            ? null
            : await CredentialHelper.GetAsync(helper, server, variable, cancellationToken);
        return kept ?? logins.Find(Names(registry));
    }

    /// <summary>The names that an entry may have: podman knows entries of parts of a registry.</summary>
    private static IEnumerable<string> Names(OciReference registry)
    {
        var name = $"{registry.Host}/{registry.Repository}";
        for (var end = name.Length; end > 0; end = name.LastIndexOf('/', end - 1))
        {
            yield return name[..end];
        }

        if (registry.Host == "docker.io")
        {
            yield return "index.docker.io";
        }
    }

    private IEnumerable<string> Files()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (variable("REGISTRY_AUTH_FILE") is { Length: > 0 } file)
        {
            yield return file;
        }

        var docker = variable("DOCKER_CONFIG") is { Length: > 0 } named ? named : Path.Combine(home, ".docker");
        yield return Path.Combine(docker, "config.json");
        if (variable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
        {
            yield return Path.Combine(runtime, "containers", "auth.json");
        }
    }
}
