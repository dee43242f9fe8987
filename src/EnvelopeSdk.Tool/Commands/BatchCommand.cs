using System.CommandLine;
using System.Diagnostics;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Tool.Batch;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope batch</c>: answers the rows of a table.</summary>
internal static class BatchCommand
{
    private static readonly Argument<string?> Envelope = new("envelope")
    {
        Description = "A name (the newest envelope of it), name@sha256:..., the path of a .envelope file, or "
            + "oci://host/repository:tag, in a registry.",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Offers.Names },
    };

    private static readonly Option<string[]> Tags = new("--tag")
    {
        Description = "team=pricing: in place of an envelope, the newest with that tag; with all of several.",
        CompletionSources = { Offers.TagsOfAll },
    };

    private static readonly JobArguments Job = new();

    public static Command Create()
    {
        var command = new ToolCommand(
            "batch",
            "Answers the rows of a table with the model of an envelope.",
            "envelope batch diamond-price --input 'diamonds/*.parquet' --output prices.parquet",
            "envelope batch --tag team=pricing -i rows.csv -o prices.csv --quarantine bad.csv --max-bad 0.1%")
        {
            Envelope, Tags, Answer.Json,
        };
        Job.AddTo(command);
        command.Validators.Add(result =>
        {
            var hasName = result.GetResult(Envelope) is { Tokens.Count: > 0 };
            if (hasName == result.GetResult(Tags) is { Tokens.Count: > 0 })
            {
                result.AddError("Name an envelope, or give --tag, and not both.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var envelope = await EnvelopeResolver.OpenAsync(
                parsed.GetValue(Envelope) ?? await NewestAsync(parsed.GetValue(Tags)!, cancellation),
                EnvelopeStore.Default, cancellation);
            var program = await JobBuilder.EnsureAsync(envelope, note => Answer.Note(parsed, note), cancellation);
            string[] json = Answer.IsJson(parsed) ? ["--json"] : [];
            return await RunAsync([program, .. Job.Words(parsed), .. json]);
        });
        return command;
    }

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

    /// <summary>Runs a job with the terminal of this process: Ctrl-C reaches it, and it ends as it wants to.</summary>
    private static async Task<int> RunAsync(string[] arguments)
    {
        using var job = Process.Start(new ProcessStartInfo(DotnetHost.Path, ["exec", .. arguments]))!;
        await job.WaitForExitAsync();
        return job.ExitCode;
    }
}
