using System.Security.Claims;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>
/// What a store is asked for by those who use the registry as one. Content goes over <c>/v2/</c>; journals and
/// signatures are lines, as the store has them.
/// </summary>
internal static class TransferEndpoints
{
    private const string Envelope = "/envelopes/{name}/{digest}";
    private const string Lines = "application/x-ndjson";

    public static void MapTransfer(this IEndpointRouteBuilder api)
    {
        api.MapGet("/names", ListNamesAsync).WithSummary("The names of the envelopes that the caller may read.");
        api.MapGet(Envelope + "/journal", async (
            string name, string digest, IEnvelopeStore store, CancellationToken cancellation) =>
        {
            var journal = await store.ReadJournalAsync(new(name, Named.Digest(digest)), cancellation);
            return TypedResults.Bytes(JournalLines.Write(journal.Events), Lines);
        }).Produces<string>(contentType: Lines).WithSummary("The journal of an envelope, an event in each line.");
        api.MapGet(Envelope + "/signatures", async (
            string name, string digest, IEnvelopeStore store, CancellationToken cancellation) =>
        {
            var signatures = await store.ReadSignaturesAsync(new(name, Named.Digest(digest)), cancellation);
            return TypedResults.Bytes(SignatureLines.Write(signatures), Lines);
        }).Produces<string>(contentType: Lines).WithSummary("The signatures of an envelope, one in each line.");
        api.MapPost(Envelope + "/journal", AddAsync).RequireAuthorization(Role.Save).WithMetadata(LargeBody.Instance)
            .Produces(StatusCodes.Status204NoContent).WithSummary("Adds events and signatures to an envelope.");
        api.MapPut(Envelope, CommitAsync).RequireAuthorization(Role.Save).WithMetadata(LargeBody.Instance)
            .Produces(StatusCodes.Status204NoContent)
            .WithSummary("Makes an envelope of a manifest that was pushed to /v2/, with its journal and signatures.");
        api.MapPost("/collect", (JournalDesk desk, HttpContext context) =>
            desk.CollectAsync(context.User, context.RequestAborted)).RequireAuthorization(Role.Administer)
            .WithMetadata(new OfAllNamesAttribute())
            .WithSummary("Removes the content that no envelope needs any more.");
    }

    private static async Task<IReadOnlyList<string>> ListNamesAsync(
        IEnvelopeStore store, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var grants = Grants.Of(caller);
        return
        [
            .. (await store.ListNamesAsync(cancellationToken)).Where(name => grants.May(Role.Read, name)),
        ];
    }

    private static async Task<IResult> AddAsync(
        string name, string digest, EnvelopeAdditions sent, JournalDesk desk, HttpContext context)
    {
        var envelope = new EnvelopeReference(name, Named.Digest(digest));
        await desk.AddAsync(envelope, Additions.Read(sent, envelope.Digest), context.User, context.RequestAborted);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Makes an envelope of a manifest that was pushed, with its journal and signatures, in one step.
    /// </summary>
    private static async Task<IResult> CommitAsync(
        string name, string digest, EnvelopeAdditions sent, JournalDesk desk, HttpContext context)
    {
        var envelope = new EnvelopeReference(EnvelopeName.Check(name), Named.Digest(digest));
        await desk.CommitAsync(envelope, Additions.Read(sent, envelope.Digest), context.User, context.RequestAborted);
        return TypedResults.NoContent();
    }

    /// <summary>A journal can be larger than what a request usually is.</summary>
    private sealed class LargeBody : IRequestSizeLimitMetadata
    {
        public static readonly LargeBody Instance = new();

        public long? MaxRequestBodySize => 512L << 20;
    }
}
