using System.Globalization;

namespace EnvelopeSdk.Queries;

/// <summary>
/// Queries as text: the options of a command, or the query of an address. Of a condition that can be given once, the
/// last counts.
/// </summary>
public static class QueryText
{
    /// <summary>The conditions that there are, as <see cref="Parse"/> names them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "name", "tag", "any-tag", "metric", "hyperparameter", "since", "until", "commit", "schema", "order", "after",
    ];

    /// <summary>Reads a query.</summary>
    /// <param name="conditions">
    /// The conditions, of which several may have one name: <c>name</c>; <c>tag</c> (<c>team=pricing</c>, or
    /// <c>stage-</c> for none); <c>any-tag</c>; <c>metric</c> and <c>hyperparameter</c> (<c>r2&gt;0.9</c>);
    /// <c>since</c> and <c>until</c> (<c>2026-01-31</c>, <c>2026-01-31T12:00Z</c>, or <c>7d</c>, <c>12h</c>,
    /// <c>30m</c> ago); <c>commit</c>; <c>schema</c>; <c>order</c> (a metric; <c>r2-</c>: the greatest first);
    /// <c>after</c>, a cursor.
    /// </param>
    /// <param name="clock">Says what is ago; the system's clock if absent.</param>
    /// <exception cref="EnvelopeException">There is no such condition, or it has another form.</exception>
    public static EnvelopeQuery Parse(
        IEnumerable<KeyValuePair<string, string>> conditions, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        var given = conditions.ToLookup(one => one.Key, one => one.Value);
        if (given.FirstOrDefault(one => !Names.Contains(one.Key)) is { } unknown)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"Envelopes cannot be asked for by '{unknown.Key}'. There is: {string.Join(", ", Names)}.");
        }

        var now = (clock ?? TimeProvider.System).GetUtcNow();
        var order = given["order"].LastOrDefault();
        return new()
        {
            Name = given["name"].LastOrDefault(),
            Tags = Tags(given["tag"]),
            AnyTags = [.. given["any-tag"].Select(TagPair)],
            Metrics = [.. given["metric"].Select(NumberBound.Parse)],
            Hyperparameters = [.. given["hyperparameter"].Select(NumberBound.Parse)],
            Since = Time(given["since"].LastOrDefault(), now),
            Until = Time(given["until"].LastOrDefault(), now),
            Commit = given["commit"].LastOrDefault(),
            SchemaFingerprint = given["schema"].LastOrDefault(),
            OrderBy = order?.TrimEnd('-'),
            Descending = order?.EndsWith('-') == true,
            After = given["after"].LastOrDefault(),
        };
    }

    /// <summary>
    /// Writes a query, so that <see cref="Parse"/> reads the same. Who is told of damage is not in it.
    /// </summary>
    /// <exception cref="EnvelopeException">A name has signs by which it would be read as another one.</exception>
    internal static IReadOnlyList<KeyValuePair<string, string>> Write(EnvelopeQuery query)
    {
        List<KeyValuePair<string, string>> written =
        [
            .. Pairs(query).Where(one => one.Value is not null)
                .Select(one => KeyValuePair.Create(one.Name, one.Value!)),
        ];
        return IsSame(query, Parse(written)) ? written : throw new EnvelopeException(
            EnvelopeError.Invalid,
            "A tag, metric or hyperparameter of the query has a name that cannot be told from its value when it is "
            + "sent: no '=', '<' or '>', no '-' at its end. Ask for others, and look at what is found.");
    }

    private static bool IsSame(EnvelopeQuery one, EnvelopeQuery other) =>
        one.Name == other.Name && one.Commit == other.Commit && one.SchemaFingerprint == other.SchemaFingerprint
        && one.OrderBy == other.OrderBy && one.Descending == other.Descending
        && one.Tags.Count == other.Tags.Count && one.Tags.All(tag => other.Tags.Contains(tag))
        && one.AnyTags.SequenceEqual(other.AnyTags) && one.Metrics.SequenceEqual(other.Metrics)
        && one.Hyperparameters.SequenceEqual(other.Hyperparameters);

    private static IEnumerable<(string Name, string? Value)> Pairs(EnvelopeQuery query) =>
    [
        ("name", query.Name),
        .. query.Tags.Select(tag => ("tag", (string?)(tag.Value is null ? tag.Key + "-" : $"{tag.Key}={tag.Value}"))),
        .. query.AnyTags.Select(tag => ("any-tag", (string?)$"{tag.Key}={tag.Value}")),
        .. query.Metrics.Select(bound => ("metric", (string?)bound.ToText())),
        .. query.Hyperparameters.Select(bound => ("hyperparameter", (string?)bound.ToText())),
        ("since", query.Since?.ToString("O", CultureInfo.InvariantCulture)),
        ("until", query.Until?.ToString("O", CultureInfo.InvariantCulture)),
        ("commit", query.Commit),
        ("schema", query.SchemaFingerprint),
        ("order", query.OrderBy is { } metric ? metric + (query.Descending ? "-" : "") : null),
        ("after", query.After),
    ];

    /// <summary>Reads a tag.</summary>
    /// <param name="text">A name, <c>=</c>, and any value.</param>
    /// <exception cref="EnvelopeException">It has not that form.</exception>
    public static KeyValuePair<string, string> TagPair(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? new(text[..at], text[(at + 1)..])
            : throw new EnvelopeException(EnvelopeError.Invalid, $"'{text}' is no tag. Write NAME=VALUE.");
    }

    private static Dictionary<string, string?> Tags(IEnumerable<string> texts)
    {
        var tags = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in texts.Select(Tag))
        {
            if (!tags.TryAdd(name, value) && tags[name] != value)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The tag '{name}' is asked for twice, and an envelope has one. Use any-tag for one of several.");
            }
        }

        return tags;
    }

    private static KeyValuePair<string, string?> Tag(string text) => text.EndsWith('-') && !text.Contains('=')
        ? new(text[..^1], null)
        : new(TagPair(text).Key, TagPair(text).Value);

    private static DateTimeOffset? Time(string? text, DateTimeOffset now) => text switch
    {
        null => null,
        _ when text.Length > 1
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && Unit(text[^1]) is { } unit && count < (now - DateTimeOffset.MinValue) / unit => now - (count * unit),
        _ when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => throw new EnvelopeException(
            EnvelopeError.Invalid, $"'{text}' is no time. Write 2026-01-31, 2026-01-31T12:00Z, or 7d, 12h, 30m ago."),
    };

    private static TimeSpan? Unit(char unit) => unit switch
    {
        'd' => TimeSpan.FromDays(1),
        'h' => TimeSpan.FromHours(1),
        'm' => TimeSpan.FromMinutes(1),
        _ => null,
    };
}
