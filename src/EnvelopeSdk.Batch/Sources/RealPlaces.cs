using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Where files and folders really are, so that a link does not make rows come twice, or without end.</summary>
internal sealed class RealPlaces
{
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes one.</summary>
    /// <exception cref="EnvelopeException">It is a link that leads nowhere, or was taken by another path.</exception>
    public void Enter(FileSystemInfo place)
    {
        var real = Of(place);
        if (!_taken.TryAdd(real, place.FullName) && _taken[real] != place.FullName)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{place.FullName}' is '{_taken[real]}' again, by a link: its rows would come twice. Remove the link, "
                + "or name the files without it.");
        }
    }

    /// <summary>Where one is.</summary>
    /// <exception cref="EnvelopeException">It is a link that leads nowhere.</exception>
    public static string Of(FileSystemInfo place) =>
        RealPath.Of(place.FullName) is { } real && Path.Exists(real) ? real
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{place.FullName}' is a link that leads nowhere. Remove it, or name the files without it.");
}
