using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk;

/// <summary>Refuses what is no name for an envelope.</summary>
internal static class EnvelopeName
{
    public static string Check(string name) => NameRules.IsEnvelopeName(name)
        ? name
        : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{name}' is not a name for an envelope. Use lower-case letters and digits in groups separated by single "
            + $"'-', '_' or '.', at most {NameRules.MaxEnvelopeLength} characters: 'diamond-price'.");
}
