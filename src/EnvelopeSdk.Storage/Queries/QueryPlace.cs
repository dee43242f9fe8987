using System.Globalization;

namespace EnvelopeSdk.Queries;

/// <summary>
/// Where an envelope stands in an order: by a number, then by how long before the end of time it was saved, then by the
/// digest, the greater first.
/// </summary>
internal readonly record struct QueryPlace(double Number, long Ticks, string Digest) : IComparable<QueryPlace>
{
    public int CompareTo(QueryPlace other) =>
        Number.CompareTo(other.Number) is not 0 and var byNumber ? byNumber
            : Ticks.CompareTo(other.Ticks) is not 0 and var byTime ? byTime
            : string.CompareOrdinal(other.Digest, Digest);

    /// <summary>The later it was saved, the further in front. The two zeros are one number.</summary>
    public static QueryPlace Of(SavedEnvelope one, double number = 0) =>
        new(number == 0 ? 0 : number, long.MaxValue - (one.Saved?.UtcTicks ?? 0), one.Reference.Digest.Hex);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number:R}_{Ticks}_{Digest}");

    /// <exception cref="EnvelopeException">It is no cursor.</exception>
    public static QueryPlace Parse(string cursor) =>
        cursor.Split('_', 3) is [var number, var ticks, var digest]
        && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var place)
        && !double.IsNaN(place)
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && Envelopes.Digest.TryParse("sha256:" + digest, out _)
            ? new(place, time, digest)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{cursor}' is no place to go on from. Take the cursor of an envelope that a query found.");
}
