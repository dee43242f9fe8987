using System.CommandLine;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Tool.Completion;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The options that say what a rule takes.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "team=pricing: a tag that the envelopes have; of several, all of them.",
        Required = true,
        HelpName = "tag",
        CompletionSources = { Offers.TagsOfAll },
    };

    private readonly Option<string[]> _metrics = new("--metric")
    {
        Description = "'r2>0.9': a bound that a metric keeps; of several, all of them.",
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "The name of the envelopes; any if absent.",
        HelpName = "name",
        CompletionSources = { Offers.Names },
    };

    private readonly Option<string[]> _by = new("--by")
    {
        Description = "A key or person whose saves and tags count, by the name that the registry knows; of all whom it "
            + "knows if absent.",
    };

    public void AddTo(Command command)
    {
        foreach (var one in (Option[])[_tags, _metrics, _name, _by])
        {
            command.Add(one);
        }
    }

    /// <exception cref="EnvelopeException">A tag has another form.</exception>
    public RuleSettings Read(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(_name),
        Tags = Tags(parsed.GetRequiredValue(_tags)),
        Metrics = parsed.GetValue(_metrics) ?? [],
        By = parsed.GetValue(_by) is { Length: > 0 } some ? some : null,
    };

    private static Dictionary<string, string> Tags(string[] words)
    {
        if (words.FirstOrDefault(one => one.IndexOf('=', StringComparison.Ordinal) <= 0) is { } other)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"A rule takes envelopes that have a tag of a value, and '{other}' names none. Write TAG=VALUE, as in "
                + "team=pricing.");
        }

        return Assignments.Parse(words, "tag").ToDictionary(one => one.Key, one => one.Value!);
    }
}
