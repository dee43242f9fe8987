using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace EnvelopeSdk.Service;

/// <summary>
/// How many calls of the model a service takes, from the section <c>Envelope:Calls</c> of its configuration.
/// </summary>
/// <param name="Concurrent">
/// How many compute at once. More than there are processors only gain where they block.
/// </param>
/// <param name="Waiting">
/// How many more may be under way while they wait: for what the model awaits, or for a caller that reads a stream.
/// Null: as many as leave threads of the pool idle, up to 32 times those that compute.
/// </param>
/// <param name="Queued">
/// How many wait to begin. A call behind them is refused. Null: as many as are answered in about a second.
/// </param>
internal sealed record CallLimits(int Concurrent, int? Waiting, int? Queued)
{
    public const string Section = "Envelope:Calls";

    /// <summary>The largest limit: each call holds its body in memory.</summary>
    public const int Largest = 10_000;

    /// <exception cref="EnvelopeException">A value is not in its range, or nobody knows its name.</exception>
    public static CallLimits From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        string[] names = [nameof(Concurrent), nameof(Waiting), nameof(Queued)];
        foreach (var one in section.GetChildren())
        {
            if (!names.Contains(one.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw Wrong($"has no setting '{one.Key}'; there are {string.Join(", ", names)}.");
            }
        }

        var concurrent = Read(section, nameof(Concurrent), 1) ?? Environment.ProcessorCount;
        return new(
            concurrent,
            Read(section, nameof(Waiting), 0),
            Read(section, nameof(Queued), 0));
    }

    private static int? Read(IConfigurationSection section, string name, int smallest) => section[name] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= smallest && value <= Largest => value,
        var text => throw Wrong(
            $"has '{text}' for {name}, which must be a whole number from {smallest} to {Largest}. Correct it, or leave "
            + "it out for the default."),
    };

    private static EnvelopeException Wrong(string why) =>
        new(EnvelopeError.Invalid, $"The section '{Section}' of the service's configuration {why}");
}
