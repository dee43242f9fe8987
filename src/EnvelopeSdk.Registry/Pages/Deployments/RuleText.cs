using EnvelopeSdk.Deployments;
using EnvelopeSdk.Queries;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>A rule as a form has it, and the address of a page with that form filled in.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Tags">Its tags, one in a line.</param>
/// <param name="Metrics">Its bounds, one in a line.</param>
/// <param name="Envelope">The name of the envelopes; null: any.</param>
/// <param name="By">Whose saves and tags count, with commas between them; null: of all.</param>
internal sealed record RuleText(string? Rule, string? Tags, string? Metrics, string? Envelope, string? By)
{
    public static RuleText Of(DeploymentRule rule) => Of(rule.Settings) with { Rule = rule.Name };

    public static RuleText Of(RuleSettings rule) => new(
        null, string.Join('\n', rule.Tags.Select(one => $"{one.Key}={one.Value}")), string.Join('\n', rule.Metrics),
        rule.Name, rule.By is { } by ? string.Join(", ", by) : null);

    public static RuleText Of(IFormCollection form) => new(
        form.Text("rule"), form.Text("tags"), form.Text("metrics"), form.Text("envelope"), form.Text("by"));

    /// <summary>What it takes, in a few words.</summary>
    public static string Takes(RuleSettings rule) => string.Join(
        ", ", [.. rule.Tags.Select(one => $"{one.Key}={one.Value}"), .. rule.Metrics,
            .. rule.Name is { } name ? [$"called {name}"] : Array.Empty<string>(),
            .. rule.By is { } by ? [$"by {string.Join(" or ", by)}"] : Array.Empty<string>()]);

    /// <exception cref="EnvelopeException">A tag has another form, or is there twice.</exception>
    public RuleSettings Read() => new()
    {
        Name = Envelope,
        Tags = TagsOf(SentForm.Lines(Tags)),
        Metrics = SentForm.Lines(Metrics),
        By = By?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    };

    /// <summary>The query of the address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Query =>
        new (string Name, string? Value)[]
        {
            ("rule", Rule), ("tags", Tags), ("metrics", Metrics), ("envelope", Envelope), ("by", By),
        }.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value!));

    private static Dictionary<string, string> TagsOf(IEnumerable<string> lines)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in lines.Select(QueryText.TagPair))
        {
            if (!tags.TryAdd(name, value))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"The tag '{name}' is there twice, and an envelope has one. Leave one out.");
            }
        }

        return tags;
    }
}
