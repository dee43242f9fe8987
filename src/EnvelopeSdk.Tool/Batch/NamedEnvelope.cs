using System.CommandLine;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Tool.Completion;

namespace EnvelopeSdk.Tool.Batch;

/// <summary>How a command is told its envelope: by a name, or by tags that the newest of some has.</summary>
internal sealed class NamedEnvelope
{
    private readonly Argument<string?> _envelope = new("envelope")
    {
        Description = "A name (the newest envelope of it), name@sha256:..., the path of a .envelope file, or "
            + "oci://host/repository:tag, in a registry.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "envelope",
        CompletionSources = { Offers.Names },
    };

    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "team=pricing: in place of an envelope, the newest with that tag; with all of several.",
        HelpName = "tag",
        CompletionSources = { Offers.TagsOfAll },
    };

    public void AddTo(Command command)
    {
        command.Add(_envelope);
        command.Add(_tags);
        command.Validators.Add(result =>
        {
            var hasName = result.GetResult(_envelope) is { Tokens.Count: > 0 };
            if (hasName == result.GetResult(_tags) is { Tokens.Count: > 0 })
            {
                result.AddError("Name an envelope, or give --tag, and not both.");
            }
        });
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="EnvelopeException">There is none of the name, or with the tags.</exception>
    public async Task<ResolvedEnvelope> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        await EnvelopeResolver.OpenAsync(
            parsed.GetValue(_envelope) ?? await NewestAsync(parsed.GetValue(_tags)!, cancellationToken),
            EnvelopeStore.Default, cancellationToken);

    /// <exception cref="EnvelopeException">No envelope has the tags.</exception>
    private static async Task<string> NewestAsync(string[] tags, CancellationToken cancellationToken)
    {
        var query = QueryText.Parse([.. tags.Select(one => new KeyValuePair<string, string>("tag", one))]);
        await foreach (var found in EnvelopeStore.Default.QueryAsync(query, cancellationToken))
        {
            return found.Reference.ToString();
        }

        throw new EnvelopeException(
            EnvelopeError.NotFound,
            $"No envelope has {string.Join(" and ", tags.Select(one => $"the tag '{one}'"))}. 'envelope list --tag' "
            + "says which has.");
    }
}
