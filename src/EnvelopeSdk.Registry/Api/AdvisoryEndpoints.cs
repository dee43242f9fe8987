using EnvelopeSdk.Registry.Advisories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Which packages of an envelope are known to be vulnerable.</summary>
internal static class AdvisoryEndpoints
{
    public static void MapAdvisories(this IEndpointRouteBuilder api) => api.MapGet(
        "/envelopes/{name}/{digest}/vulnerabilities", async (
            string name, string digest, IEnvelopeStore store, AdvisoryBoard board, CancellationToken cancellation) =>
        {
            var record = (await store.OpenAsync(name, Named.Digest(digest), cancellation)).Record;
            return board.For(record.Packages.Packages.Select(one => (one.Id, one.Version)));
        }).WithSummary("The packages of an envelope that are known to be vulnerable, as the feeds tell.");
}
