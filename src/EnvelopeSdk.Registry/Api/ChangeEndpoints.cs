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
        api.MapGet("/envelopes/{name}/{digest}/history", HistoryAsync);
        api.MapPatch("/envelopes/{name}/{digest}/tags", TagAsync).RequireAuthorization(Role.Save);
        api.MapPut("/envelopes/{name}/{digest}/metrics/{metric}", RecordAsync).RequireAuthorization(Role.Save);
    }

    private static async Task<IReadOnlyList<Change>> HistoryAsync(
        string name, string digest, IEnvelopeStore store, AuditLog audit, CancellationToken cancellationToken)
    {
        var envelope = (await store.OpenAsync(name, Named.Digest(digest), cancellationToken)).Reference;
        var journal = await store.ReadJournalAsync(envelope, cancellationToken);
        var stamped = await audit.FindStampedAsync([.. journal.Events.Select(one => one.Id)], cancellationToken);
        return [.. journal.Events.Select(one => Change.Of(journal, one, !stamped.Contains(one.Id)))];
    }

    /// <summary>A JSON merge patch (RFC 7396): null takes a tag away.</summary>
    private static Task<IReadOnlyList<Change>> TagAsync(
        string name, string digest, Dictionary<string, string?> tags, HttpContext context, JournalDesk desk) =>
        desk.TagAsync(new(name, Named.Digest(digest)), tags, context.User, context.RequestAborted);

    private static Task<IReadOnlyList<Change>> RecordAsync(
        string name, string digest, string metric, NewMetric value, HttpContext context, JournalDesk desk) =>
        desk.WriteAsync(
            new(name, Named.Digest(digest)), context.User,
            writer => writer.SetMetric(metric, Metric.Parse(value.Value), value.Step), context.RequestAborted);
}
