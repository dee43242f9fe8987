using System.CommandLine;
using EnvelopeSdk.Tool.Completion;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>What several commands take.</summary>
internal static class Arguments
{
    public static Argument<string> Reference() => new("envelope")
    {
        Description = "A name (the newest envelope of it), name@sha256:..., the path of a .envelope file, or "
            + "oci://host/repository:tag, in a registry.",
        HelpName = "envelope",
        CompletionSources = { Offers.Names },
    };

    /// <summary>An envelope that can be changed: one in the store.</summary>
    public static Argument<string> Stored() => new("envelope")
    {
        Description = "A name (the newest envelope of it), or name@sha256:...",
        HelpName = "envelope",
        CompletionSources = { Offers.Names },
    };

    /// <summary>Finds an envelope that can be changed.</summary>
    /// <exception cref="EnvelopeException">It is not in the store; what a file or a registry has is not.</exception>
    public static Task<ResolvedEnvelope> FindAsync(
        string reference, IEnvelopeStore store, CancellationToken cancellation) =>
        EnvelopeResolver.IsFile(reference) ? throw Elsewhere(reference, "is a file", "import FILE")
        : EnvelopeResolver.IsAddress(reference) ? throw Elsewhere(reference, "is in a registry", "pull ADDRESS")
        : EnvelopeResolver.OpenAsync(reference, store, cancellation);

    private static EnvelopeException Elsewhere(string reference, string where, string cure) => new(
        EnvelopeError.Invalid,
        $"'{reference}' {where}, of which nothing is changed. Take it into the store with 'envelope {cure}', and name "
        + "it there.");
}
