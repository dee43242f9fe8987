using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk;

/// <summary>Refuses what is no name for an envelope, or for what is named alike.</summary>
internal static class EnvelopeName
{
    /// <param name="name">The name.</param>
    /// <param name="what">What it is to name, as a message says it.</param>
    /// <returns>The name.</returns>
    /// <exception cref="EnvelopeException">It is none.</exception>
    public static string Check(string name, string what = "an envelope") => NameRules.IsEnvelopeName(name)
        ? name
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{name}' is not a name for {what}. Use lower-case letters and digits in groups separated by single "
            + $"'-', '_' or '.', at most {NameRules.MaxEnvelopeLength} characters: 'diamond-price'.");
}
