using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What a caller adds to an envelope.</summary>
/// <param name="Made">Events that the caller makes.</param>
/// <param name="Known">Events that are known from elsewhere: who made them is a claim.</param>
/// <param name="Signatures">Signatures.</param>
internal sealed record Additions(
    IReadOnlyList<JournalEvent> Made, IReadOnlyList<JournalEvent> Known, IReadOnlyList<EnvelopeSignature> Signatures)
{
    /// <summary>All events, with the caller's name to those that the caller makes.</summary>
    public IReadOnlyList<JournalEvent> EventsBy(string who) => [.. Made.Select(one => one with { Who = who }), .. Known];

    /// <exception cref="EnvelopeException">Lines cannot be read, or are of another envelope.</exception>
    public static Additions Read(EnvelopeAdditions sent, Digest envelope)
    {
        try
        {
            var made = JournalLines.Read(Encoding.UTF8.GetBytes(sent.Made), "made", envelope);
            return new(
                [.. made.Where(one => one.Line is null)],
                [
                    .. made.Where(one => one.Line is not null), // nobody can put a name to what nobody can read
                    .. JournalLines.Read(Encoding.UTF8.GetBytes(sent.Journal), "journal", envelope),
                ],
                SignatureLines.Read(Encoding.UTF8.GetBytes(sent.Signatures), "signatures"));
        }
        catch (EnvelopeException damage) when (damage.Error == EnvelopeError.Damaged)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, damage.Message, damage); // it is the sender's
        }
    }
}
