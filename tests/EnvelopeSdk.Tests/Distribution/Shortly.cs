using EnvelopeSdk.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>Pushes and pulls that wait for moments only, and know no passwords but those of the test.</summary>
internal static class Shortly
{
    public static RegistryOptions Options { get; } = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(1),
        LongestDelay = TimeSpan.FromMilliseconds(10),
        LongestRetryAfter = TimeSpan.FromMilliseconds(50),
        ChunkSize = 50_000,
        Credentials = new(_ => "/no/such/place"),
    };

    public static RegistryOptions LoggedIn(string directory, params (string Name, string Value)[] variables) => Options with
    {
        Credentials = new(name => name == "DOCKER_CONFIG"
            ? directory
            : variables.FirstOrDefault(variable => variable.Name == name).Value),
    };

    public static Task<string> PushAsync(
        this TempStore store, EnvelopeReference saved, string address, RegistryOptions? options = null,
        string? mountFrom = null) =>
        EnvelopeStore.PushAsync(store.Store, saved, address, mountFrom, options ?? Options, null, CancellationToken.None);

    public static Task<EnvelopeReference> PullAsync(
        this TempStore store, string address, RegistryOptions? options = null) =>
        EnvelopeStore.PullAsync(store.Store, address, options ?? Options, null, CancellationToken.None);
}
