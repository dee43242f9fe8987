using System.Globalization;
using System.Text.Encodings.Web;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Pages.Deployments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>The addresses of pages.</summary>
internal static class Links
{
    public static string Envelope(string name, string digest) =>
        $"/envelopes/{UrlEncoder.Default.Encode(name)}/{UrlEncoder.Default.Encode(digest)}";

    public static string Envelope(EnvelopeReference envelope) => Envelope(envelope.Name, envelope.Digest.ToString());

    /// <summary>The page of a configuration.</summary>
    public static string Configuration(string name) => $"/deployments/{UrlEncoder.Default.Encode(name)}";

    /// <summary>Where a form goes that says how a deployment goes on.</summary>
    public static string Change(string configuration, long id, string change) => string.Create(
        CultureInfo.InvariantCulture, $"{Configuration(configuration)}/{id}/{change}");

    /// <summary>The page of a configuration with the steps of a deployment.</summary>
    public static string Steps(string configuration, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Configuration(configuration)}?deployment={id}#steps");

    /// <summary>The page of a configuration with a version of its settings.</summary>
    public static string Settings(string configuration, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Configuration(configuration)}?version={version}#settings");

    /// <summary>The page of a configuration that says what a rule would do.</summary>
    public static string DryRun(string configuration, RuleText rule) =>
        $"{Configuration(configuration)}{new QueryBuilder(rule.Query)}#dry-run";

    /// <summary>Where a form goes that takes a rule away.</summary>
    public static string RemoveRule(string configuration, string rule) =>
        $"{Configuration(configuration)}/rules/{UrlEncoder.Default.Encode(rule)}/remove";

    /// <summary>Where a form goes that calls what is deployed.</summary>
    public static string CallQuery(string configuration, string query) =>
        $"{Configuration(configuration)}/call/{UrlEncoder.Default.Encode(query)}";

    /// <summary>The part of an envelope's page with the forms that call it on a configuration.</summary>
    public static string CallPart(string configuration) => $"call-{configuration}";

    /// <summary>The page of an envelope, where it can be called on a configuration.</summary>
    public static string Call(string name, string digest, string configuration) =>
        $"{Envelope(name, digest)}#{CallPart(configuration)}";

    /// <summary>The page of an envelope by <c>name</c>, of which it is the newest, or <c>name@sha256:...</c>.</summary>
    public static string Named(string envelope) => envelope.Split('@', 2) is [var name, var digest]
        ? Envelope(name, digest)
        : $"/envelopes/{UrlEncoder.Default.Encode(envelope)}";

    /// <summary>The page of a batch.</summary>
    public static string Batch(string name) => $"/batches/{UrlEncoder.Default.Encode(name)}";

    /// <summary>The page of a batch with a version of its settings.</summary>
    public static string BatchSettings(string batch, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Batch(batch)}?version={version}#settings");

    /// <summary>The page of a batch with all that is known of a run.</summary>
    public static string Run(string batch, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Batch(batch)}?run={id}#run");

    /// <summary>Where a form goes that lets a run end.</summary>
    public static string CancelRun(string batch, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Batch(batch)}/runs/{id}/cancel");

    /// <summary>A file of a run: <c>quarantine</c> or <c>log</c>.</summary>
    public static string RunFile(BatchRun run, string file) =>
        string.Create(CultureInfo.InvariantCulture, $"/api{Batch(run.Batch)}/runs/{run.Id}/{file}");

    /// <summary>The list, of what conditions ask for.</summary>
    public static string List(IEnumerable<KeyValuePair<string, string>> conditions) =>
        "/" + new QueryBuilder(conditions);

    /// <summary>The same page with one value of its query changed.</summary>
    public static string More(HttpRequest request, string name, long value) =>
        request.Path + QueryString.Create(
            request.Query.Where(one => one.Key != name)
                .Append(new(name, value.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Where a form goes that revokes a key.</summary>
    public static string Revoke(string key) => $"/keys/{UrlEncoder.Default.Encode(key)}/revoke";

    /// <param name="target">The page to go on to; null: the first.</param>
    public static string SignIn(string? target) =>
        "/sign-in" + (target is null or "/" ? "" : new QueryBuilder { { "to", target } });

    /// <summary>The list of those with a tag.</summary>
    public static string Tagged(string tag, string value) => List([new("tag", $"{tag}={value}")]);
}
