using System.Globalization;
using EnvelopeSdk.Queries;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Which envelopes an address asks for: <c>?tag=team=pricing&amp;metric=r2&gt;0.9&amp;limit=20</c>.</summary>
internal static class QueryOfAddress
{
    public const int UsualLimit = 50;
    public const int LargestLimit = 1_000;
    public const string LimitName = "limit";

    /// <summary>The conditions, without what forms of pages send empty.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Conditions(IQueryCollection query) => query
        .SelectMany(one => one.Value.Select(value => KeyValuePair.Create(one.Key, value ?? "")))
        .Where(one => one.Value.Length > 0);

    /// <param name="query">The query of the address.</param>
    /// <param name="others">Names that it may have besides, which say nothing of envelopes.</param>
    /// <exception cref="EnvelopeException">A condition is not known, or has another form.</exception>
    public static EnvelopeQuery Read(IQueryCollection query, params IReadOnlyCollection<string> others) =>
        QueryText.Parse(Conditions(query).Where(one => one.Key != LimitName && !others.Contains(one.Key)));

    /// <exception cref="EnvelopeException">It is no number of envelopes, or too great.</exception>
    public static int Limit(IQueryCollection query) => query[LimitName].LastOrDefault() switch
    {
        null or "" => UsualLimit,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is > 0 and <= LargestLimit => limit,
        var text => throw new EnvelopeException(
            EnvelopeError.Invalid, $"'{text}' is no limit. Give a number from 1 to {LargestLimit}."),
    };
}
