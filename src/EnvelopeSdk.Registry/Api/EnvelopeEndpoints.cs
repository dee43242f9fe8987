using System.Security.Claims;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Which envelopes there are, and what is in one.</summary>
internal static class EnvelopeEndpoints
{
    /// <summary>How long the journals of a page are at most, unless the first alone is longer.</summary>
    private const int MostBytes = 8 << 20;

    public static void MapEnvelopes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/envelopes", ListAsync).WithConditions()
            .WithSummary("Finds envelopes; with 'journal=true' each comes with its journal.");
        api.MapGet("/envelopes/{name}", async (string name, IEnvelopeStore store, CancellationToken cancellation) =>
            await ShowAsync(store, await store.OpenAsync(name, null, cancellation), cancellation))
            .WithSummary("All that is known of the newest envelope of a name.");
        api.MapGet("/envelopes/{name}/{digest}", async (
            string name, string digest, IEnvelopeStore store, CancellationToken cancellation) =>
            await ShowAsync(store, await store.OpenAsync(name, Named.Digest(digest), cancellation), cancellation))
            .WithSummary("All that is known of an envelope.");
        api.MapDelete("/envelopes/{name}/{digest}", async (
            string name, string digest, Guid? last, HttpContext context, JournalDesk desk) =>
        {
            await desk.DeleteAsync(new(name, Named.Digest(digest)), last, context.User, context.RequestAborted);
            return TypedResults.NoContent();
        }).RequireAuthorization(Role.Save).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Deletes an envelope, unless more has happened to it since the event 'last'.");
    }

    public static async Task<ShownEnvelope> ShowAsync(
        IEnvelopeStore store, EnvelopeContent content, CancellationToken cancellationToken)
    {
        var journal = await store.ReadJournalAsync(content.Reference, cancellationToken);
        var saved = journal.Events.LastOrDefault(one => one.Kind == JournalEventKind.Saved);
        var labels = journal.Labels;
        using var record = JsonDocument.Parse(await content.ReadAsync(EnvelopeContent.RecordPath, cancellationToken));
        return new(
            content.Reference.Name, content.Digest.ToString(), saved?.Time, saved?.Who, saved?.Ci, labels.Tags,
            labels.Metrics, Series(journal),
            [.. content.Files.Select(file => new EnvelopeFile(file.Path, file.Size))], record.RootElement.Clone());
    }

    private static Dictionary<string, IReadOnlyList<SeriesPoint>> Series(EnvelopeJournal journal) =>
        journal.Metrics.ToDictionary(
            metric => metric.Key,
            IReadOnlyList<SeriesPoint> (metric) =>
                [.. metric.Value.Select(point => new SeriesPoint(point.Step, point.Time, point.Value.ToJson()))],
            StringComparer.Ordinal);

    private static async Task<EnvelopeList> ListAsync(
        HttpRequest request, ICatalog catalog, IEnvelopeStore store, ClaimsPrincipal caller,
        CancellationToken cancellationToken)
    {
        var limit = QueryOfAddress.Limit(request.Query);
        var found = await catalog.FindAsync(
            QueryOfAddress.Read(request.Query, "journal"), Grants.Of(caller).Names, limit + 1, cancellationToken);
        var listed = request.Query["journal"].LastOrDefault() == "true"
            ? await WithJournalsAsync(found.Take(limit), store, cancellationToken)
            : [.. found.Take(limit).Select(Answers.Listed)];
        return new(listed, found.Count > listed.Count ? found[listed.Count - 1].Cursor : null);
    }

    /// <summary>As many of them as together have not too much to say: the next page goes on with the others.</summary>
    private static async Task<IReadOnlyList<ListedEnvelope>> WithJournalsAsync(
        IEnumerable<CatalogEntry> found, IEnvelopeStore store, CancellationToken cancellationToken)
    {
        var listed = new List<ListedEnvelope>();
        var bytes = 0;
        foreach (var one in found)
        {
            var journal = JournalLines.Write((await store.ReadJournalAsync(one.Reference, cancellationToken)).Events);
            if (listed.Count > 0 && bytes + journal.Length > MostBytes)
            {
                break;
            }

            bytes += journal.Length;
            listed.Add(Answers.Listed(one) with { Journal = Encoding.UTF8.GetString(journal) });
        }

        return listed;
    }
}
