using System.CommandLine;
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
        HelpName = "name",
        CompletionSources = { Offers.Names },
    };

    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "team=pricing: with that tag; stage-: without one of that name. All have to hold.",
        HelpName = "tag",
        CompletionSources = { Offers.TagChanges },
    };

    private readonly Option<string[]> _anyTags = new("--any-tag")
    {
        Description = "With one of these tags at least.",
        HelpName = "any-tag",
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

    private IEnumerable<Option> All =>
        [_tags, _anyTags, _metrics, _hyperparameters, _since, _until, _commit, _schema, _order, _after];

    public void AddTo(Command command)
    {
        command.Add(_name);
        foreach (var one in All)
        {
            command.Add(one);
        }
    }

    /// <exception cref="EnvelopeException">A condition has another form.</exception>
    public EnvelopeQuery Read(ParseResult parsed) => QueryText.Parse(
    [
        .. Of("name", parsed.GetValue(_name)),
        .. All.OfType<Option<string[]>>().SelectMany(
            option => (parsed.GetValue(option) ?? []).SelectMany(value => Of(option.Name[2..], value))),
        .. All.OfType<Option<string?>>().SelectMany(option => Of(option.Name[2..], parsed.GetValue(option))),
    ]);

    private static IEnumerable<KeyValuePair<string, string>> Of(string name, string? value) =>
        value is null ? [] : [new(name, value)];
}
