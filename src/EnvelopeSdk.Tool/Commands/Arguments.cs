using System.CommandLine;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>What several commands take.</summary>
internal static class Arguments
{
    public static Argument<string> Reference() => new("envelope")
    {
        Description = "A name (the newest envelope of it), name@sha256:..., or the path of a .envelope file.",
    };

    /// <summary>An envelope that can be changed: one in the store.</summary>
    public static Argument<string> Stored() => new("envelope")
    {
        Description = "A name (the newest envelope of it), or name@sha256:...",
    };

    /// <summary>Finds an envelope that can be changed.</summary>
    /// <exception cref="EnvelopeException">It is not in the store; a file is not.</exception>
    public static Task<ResolvedEnvelope> FindAsync(
        string reference, IEnvelopeStore store, CancellationToken cancellation) =>
        EnvelopeResolver.IsFile(reference)
            ? throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{reference}' is a file, of which nothing is changed. Take it into the store with 'envelope import "
                + "FILE', and name it there.")
            : EnvelopeResolver.OpenAsync(reference, store, cancellation);
}
