using System.CommandLine;
using System.Globalization;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Tool.Completion;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The options that say which envelopes are asked for.</summary>
internal sealed class QueryOptions
{
    private readonly Argument<string?> _name = new("name")
    {
        Description = "Only envelopes of this name.",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Offers.Names },
    };

    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "team=pricing: with that tag; stage-: without one of that name. All have to hold.",
        CompletionSources = { Offers.TagChanges },
    };

    private readonly Option<string[]> _anyTags = new("--any-tag")
    {
        Description = "With one of these tags at least.",
        CompletionSources = { Offers.Tags },
    };

    private readonly Option<string[]> _metrics = new("--metric") { Description = "'r2>0.9': a bound of a metric." };

    private readonly Option<string[]> _hyperparameters = new("--hyperparameter")
    {
        Description = "'tree.depth<=8': a bound of a hyperparameter.",
    };

    private readonly Option<string?> _since = new("--since")
    {
        Description = "Saved then or later: 2026-01-31, 2026-01-31T12:00Z, or 7d, 12h, 30m ago.",
    };

    private readonly Option<string?> _until = new("--until") { Description = "Saved then or earlier." };

    private readonly Option<string?> _commit = new("--commit") { Description = "Trained from this git commit." };

    private readonly Option<string?> _schema = new("--schema") { Description = "With this fingerprint of the schema." };

    private readonly Option<string?> _order = new("--order")
    {
        Description = "r2: by that metric, the least first; r2-: the greatest first.",
    };

    private readonly Option<string?> _after = new("--after") { Description = "Go on behind this cursor." };

    public void AddTo(Command command)
    {
        command.Add(_name);
        foreach (var one in new Option[]
        {
            _tags, _anyTags, _metrics, _hyperparameters, _since, _until, _commit, _schema, _order, _after,
        })
        {
            command.Add(one);
        }
    }

    public EnvelopeQuery Read(ParseResult parsed)
    {
        var order = parsed.GetValue(_order);
        return new()
        {
            Name = parsed.GetValue(_name),
            Tags = Tags(parsed.GetValue(_tags) ?? []),
            AnyTags = [.. (parsed.GetValue(_anyTags) ?? []).Select(TagPair)],
            Metrics = [.. (parsed.GetValue(_metrics) ?? []).Select(NumberBound.Parse)],
            Hyperparameters = [.. (parsed.GetValue(_hyperparameters) ?? []).Select(NumberBound.Parse)],
            Since = Time(parsed.GetValue(_since)),
            Until = Time(parsed.GetValue(_until)),
            Commit = parsed.GetValue(_commit),
            SchemaFingerprint = parsed.GetValue(_schema),
            OrderBy = order?.TrimEnd('-'),
            Descending = order?.EndsWith('-') == true,
            After = parsed.GetValue(_after),
        };
    }

    /// <exception cref="EnvelopeException">It has not the form <c>name=value</c>.</exception>
    public static KeyValuePair<string, string> TagPair(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? new(text[..at], text[(at + 1)..])
            : throw new EnvelopeException(EnvelopeError.Invalid, $"'{text}' is no tag. Write NAME=VALUE.");

    private static Dictionary<string, string?> Tags(string[] texts)
    {
        var tags = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in texts.Select(Tag))
        {
            if (!tags.TryAdd(name, value) && tags[name] != value)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The tag '{name}' is asked for twice, and an envelope has one. Use --any-tag for one of several.");
            }
        }

        return tags;
    }

    private static KeyValuePair<string, string?> Tag(string text) => text.EndsWith('-') && !text.Contains('=')
        ? new(text[..^1], null)
        : new(TagPair(text).Key, TagPair(text).Value);

    private static DateTimeOffset? Time(string? text) => text switch
    {
        null => null,
        _ when text.Length > 1
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && Unit(text[^1]) is { } unit && count < (DateTimeOffset.UtcNow - DateTimeOffset.MinValue) / unit =>
                DateTimeOffset.UtcNow - (count * unit),
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
