using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What can change of an envelope, and what has: its tags, metrics and saves.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder api)
    {
        api.MapGet("/envelopes/{name}/{digest}/history", HistoryAsync)
            .WithSummary("All that has happened to an envelope, the earliest first.");
        api.MapPatch("/envelopes/{name}/{digest}/tags", TagAsync).RequireAuthorization(Role.Save)
            .WithSummary("Sets tags, and takes those away whose value is null (RFC 7396).");
        api.MapPut("/envelopes/{name}/{digest}/metrics/{metric}", RecordAsync).RequireAuthorization(Role.Save)
            .WithSummary("Records a metric.");
    }

    private static async Task<IReadOnlyList<EnvelopeChange>> HistoryAsync(
        string name, string digest, IEnvelopeStore store, AuditLog audit, CancellationToken cancellationToken)
    {
        var envelope = (await store.OpenAsync(name, Named.Digest(digest), cancellationToken)).Reference;
        var journal = await store.ReadJournalAsync(envelope, cancellationToken);
        var stamped = await audit.FindStampedAsync(envelope, journal.Events, cancellationToken);
        return [.. journal.Events.Select(one => Answers.Change(journal, one, !stamped.Contains(one.Id)))];
    }

    /// <summary>A JSON merge patch (RFC 7396): null takes a tag away.</summary>
    private static Task<IReadOnlyList<EnvelopeChange>> TagAsync(
        string name, string digest, Dictionary<string, string?> tags, HttpContext context, JournalDesk desk) =>
        desk.TagAsync(new(name, Named.Digest(digest)), tags, context.User, context.RequestAborted);

    private static Task<IReadOnlyList<EnvelopeChange>> RecordAsync(
        string name, string digest, string metric, NewMetric value, HttpContext context, JournalDesk desk) =>
        string.IsNullOrWhiteSpace(metric)
            ? throw new EnvelopeException(EnvelopeError.Invalid, "The metric has no name. Give it one.")
            : desk.WriteAsync(
            new(name, Named.Digest(digest)), context.User,
            writer => writer.SetMetric(metric, Metric.Parse(value.Value), value.Step), context.RequestAborted);
}
