using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Pages.Deployments;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Pages.Batches;

/// <summary>The settings of a batch as its form has them.</summary>
internal static class BatchText
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Razor encodes it
    };

    /// <summary>All of them.</summary>
    public static string Write(BatchSettings settings) => JsonSerializer.Serialize(settings, Indented);

    /// <param name="form">What was sent.</param>
    /// <param name="shown">What the form was filled with, which may say more than it shows; null: a new batch.</param>
    /// <exception cref="EnvelopeException">Something has another form.</exception>
    public static BatchSettings Read(IFormCollection form, BatchSettings? shown)
    {
        var rule = RuleOf(form, shown?.Rule);
        return (shown ?? new() { Input = "", Output = "" }) with
        {
            Envelope = rule is null ? form.Text("envelope") : null,
            Rule = rule,
            Input = form.Text("input")?.ReplaceLineEndings("\n") ?? "",
            Output = form.Text("output") ?? "",
            Query = form.Text("query"),
            Quarantine = form.Text("quarantine"),
            MaxBad = form.Text("maxBad"),
            Log = form.Text("log"),
            Cron = form.Text("cron"),
            TimeZone = form.Text("zone") ?? "UTC",
            Runtime = form.Text("runtime") ?? shown?.Runtime ?? BatchRuntime.Process,
            Retries = SettingsText.Number(form.Text("retries"), "retries") ?? 0,
        };
    }

    /// <summary>What the fields of the form have, by their names.</summary>
    public static IReadOnlyDictionary<string, string?> FieldsOf(BatchSettings settings)
    {
        var rule = settings.Rule is { } one ? RuleText.Of(one) : null;
        return new Dictionary<string, string?>
        {
            ["envelope"] = settings.Envelope ?? rule?.Envelope,
            ["tags"] = rule?.Tags,
            ["metrics"] = rule?.Metrics,
            ["input"] = settings.Input,
            ["output"] = settings.Output,
            ["query"] = settings.Query,
            ["quarantine"] = settings.Quarantine,
            ["maxBad"] = settings.MaxBad,
            ["log"] = settings.Log,
            ["cron"] = settings.Cron,
            ["zone"] = settings.TimeZone,
            ["runtime"] = settings.Runtime,
            ["retries"] = Number(settings.Retries),
        };
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was wrong with a form, by what its fields are called.</summary>
    public static IEnumerable<(string? Label, string Detail)> FaultsOf(EnvelopeException failure) =>
        SettingsFault.Of(failure) is { Count: > 0 } faults
            ? faults.Select(one => (
                one.Pointer is "" ? null : Labels.GetValueOrDefault(one.Pointer, one.Pointer), one.Detail))
            : [(null, failure.Message)];

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["/envelope"] = "Envelope",
        ["/rule/name"] = "Envelope",
        ["/rule/tags"] = "Tags",
        ["/rule/metrics"] = "Bounds of metrics",
        ["/query"] = "Query of the model",
        ["/input"] = "Reads",
        ["/output"] = "Writes",
        ["/quarantine"] = "Rows that cannot be answered go to",
        ["/maxBad"] = "At most so many",
        ["/log"] = "Calls are written to",
        ["/cron"] = "Time",
        ["/timeZone"] = "Time zone",
        ["/retries"] = "Tried again",
        ["/runtime"] = "Runs",
    };

    /// <summary>When it runs, in a few words.</summary>
    public static string When(BatchSettings settings) =>
        settings.Cron is { } cron ? $"{cron} ({settings.TimeZone})" : "by hand";

    /// <summary>Where it runs, in a few words.</summary>
    public static string Where(string runtime) =>
        runtime == BatchRuntime.Kubernetes ? "as a Job of the cluster" : "as a process";

    /// <summary>The tags and bounds of the form, as a rule.</summary>
    /// <returns>Null: there are none, and the envelope is named.</returns>
    private static RuleSettings? RuleOf(IFormCollection form, RuleSettings? shown)
    {
        var sent = new RuleText(null, form.Text("tags"), form.Text("metrics"), form.Text("envelope"), null);
        if (sent is { Tags: null, Metrics: null })
        {
            return null;
        }

        return sent.Envelope?.Contains('@', StringComparison.Ordinal) == true
            ? throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{sent.Envelope}' is one envelope, and tags take the newest that has them. Name it without its "
                + "digest, or leave the tags out.")
            : sent.Read() with { By = shown?.By };
    }
}
