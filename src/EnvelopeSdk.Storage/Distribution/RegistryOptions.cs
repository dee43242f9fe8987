namespace EnvelopeSdk.Distribution;

/// <summary>How a registry is spoken to. Tests make time short.</summary>
internal sealed record RegistryOptions
{
    public static readonly RegistryOptions Default = new();

    /// <summary>Finds what proves who asks.</summary>
    public RegistryCredentials Credentials { get; init; } = new(Environment.GetEnvironmentVariable);

    /// <summary>How often something is tried without getting any further.</summary>
    public int Attempts { get; init; } = 7;

    /// <summary>How long the first wait is at most; each further one may be twice as long.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a registry may have us wait, where it says so.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long nothing at all may come or go. Registries that keep content elsewhere move it before they answer.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most that is sent in one request, and so the most that a cut connection can cost.</summary>
    public long ChunkSize { get; init; } = 32 << 20;

    /// <summary>How many layers, or manifests, are on their way at once.</summary>
    public int Parallel { get; init; } = 4;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long to wait after a number of failures: random, so that many who fail at once part.</summary>
    public TimeSpan DelayAfter(int failures, TimeSpan? retryAfter = null)
    {
        if (retryAfter is { } asked)
        {
            return asked < LongestRetryAfter ? asked : LongestRetryAfter;
        }

        var longest = Math.Min(LongestDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, failures - 1));
        return TimeSpan.FromSeconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
