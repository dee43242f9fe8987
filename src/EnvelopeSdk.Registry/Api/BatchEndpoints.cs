using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Batches;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Tables that are answered by jobs.</summary>
internal static class BatchEndpoints
{
    private const string Of = "/batches/{name}";

    public static void MapBatches(this IEndpointRouteBuilder api)
    {
        api.MapGet("/batches", ListAsync).WithSummary("The batches that the caller may read, with their last runs.");
        api.MapGet(Of, async (string name, BatchStore batches, RunStore runs, CancellationToken cancellation) =>
            await ShowAsync(await batches.GetAsync(name, cancellation), runs, cancellation))
            .WithSummary("A batch, with its last run.");
        api.MapPut(Of, async (
            string name, BatchSettings settings, HttpContext context, BatchStore batches, JobRights rights,
            RunStore runs) =>
            await ShowAsync(await SaveAsync(name, settings, context, batches, rights), runs, context.RequestAborted))
            .RequireAuthorization(Role.Deploy)
            .WithSummary("Makes a batch, or its next version, with which the next run is.");
        api.MapDelete(Of, async (string name, HttpContext context, BatchStore batches) =>
        {
            await batches.RemoveAsync(Caller.Of(context.User), name, context.RequestAborted);
            return TypedResults.NoContent();
        }).RequireAuthorization(Role.Deploy).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Takes a batch away. What it made stays.");
        api.MapGet(Of + "/versions", async (string name, BatchStore batches, CancellationToken cancellation) =>
            await batches.VersionsAsync(name, cancellation) is { Count: > 0 } all
                ? all.Select(one => new BatchChange(one.Version, one.Settings, one.Time, one.Who))
                : throw BatchStore.Missing(name))
            .WithSummary("All versions of the settings of a batch, the newest first.");
        api.MapGet(Of + "/runs", RunsAsync).WithSummary("The runs of a batch, the latest first.");
        api.MapPost(Of + "/runs", RunAsync).RequireAuthorization(Role.Deploy)
            .Produces<BatchRun>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Asks for a run of a batch.");
        api.MapGet(Of + "/runs/{id:long}", async (
            string name, long id, RunStore runs, CancellationToken cancellation) =>
            (await FindAsync(runs, name, id, cancellation)).Shown).WithSummary("A run of a batch.");
        api.MapGet(Of + "/runs/{id:long}/log", async (
            string name, long id, HttpContext context, RunStore runs, [FromServices] RunFiles? files) =>
        {
            var one = (await FindAsync(runs, name, id, context.RequestAborted)).Shown;
            return TypedResults.Text(await Here.Of(files).LogAsync(one, context.RequestAborted));
        }).Produces<string>(contentType: "text/plain").RequireAuthorization(Role.Deploy)
            .WithSummary("The last lines that the job of a run wrote.");
        api.MapGet(Of + "/runs/{id:long}/quarantine", QuarantineAsync)
            .Produces<byte[]>(contentType: RunFiles.ContentType).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Role.Deploy).WithSummary("The file of the rows that a run could not answer.");
        api.MapPost(Of + "/runs/{id:long}/cancel", async (
            string name, long id, HttpContext context, RunStore runs, [FromServices] RunFiles? files) =>
        {
            var one = (await FindAsync(runs, name, id, context.RequestAborted)).Shown;
            return await runs.CancelAsync(
                Caller.Of(context.User), one, Here.Of(files).FailureOf(one), context.RequestAborted);
        }).RequireAuthorization(Role.Deploy).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Lets a run end before it has done all.");
    }

    /// <summary>Who makes a batch lets it run whatever fits: it needs the right to deploy all that may.</summary>
    public static async Task<BatchVersion> SaveAsync(
        string name, BatchSettings settings, HttpContext context, BatchStore batches, JobRights rights)
    {
        SettingsValues.Ensure(settings); // first: what is looked at next takes them for paths
        var grants = Grants.Of(context.User);
        var envelope = settings.Envelope?.Split('@')[0] ?? settings.Rule?.Name;
        if (grants.IsLimited && (envelope is null || !grants.May(Role.Deploy, envelope)))
        {
            throw DeniedException.Of(Role.Deploy, envelope ?? "*");
        }

        rights.Ensure(grants, settings);
        rights.EnsureOutside(settings);
        rights.EnsureRuns(settings);
        return await batches.SaveAsync(
            Caller.Of(context.User), name, settings, context.RequestAborted,
            before => SecretRights.Ensure(
                grants, settings.Runtime, settings.Secrets,
                before is null ? null : (before.Runtime, before.Secrets)));
    }

    public static async Task<BatchConfiguration> ShowAsync(
        BatchVersion one, RunStore runs, CancellationToken cancellationToken)
    {
        var last = await runs.LastAsync(one.Name, cancellationToken);
        return new(
            one.Name, one.Version, one.Settings, one.Time, one.Who, one.NextRun, last,
            last?.State == BatchRunState.Succeeded ? last : await runs.LastSuccessAsync(one.Name, cancellationToken));
    }

    /// <exception cref="EnvelopeException">The batch has no run of the id.</exception>
    public static async Task<RunRow> FindAsync(
        RunStore runs, string name, long id, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is { } one && one.Shown.Batch == name
            ? one
            : throw new EnvelopeException(
                EnvelopeError.NotFound, $"The batch '{name}' has no run {id}. GET /api/batches/{name}/runs lists them.");

    private static async Task<IReadOnlyList<BatchConfiguration>> ListAsync(
        HttpContext context, BatchStore batches, RunStore runs)
    {
        var grants = Grants.Of(context.User);
        var shown = new List<BatchConfiguration>();
        foreach (var one in await batches.ListAsync(context.RequestAborted))
        {
            if (grants.May(Role.Read, one.Name))
            {
                shown.Add(await ShowAsync(one, runs, context.RequestAborted));
            }
        }

        return shown;
    }

    private static async Task<IReadOnlyList<BatchRun>> RunsAsync(
        string name, long? before, HttpRequest request, RunStore runs, BatchStore batches,
        CancellationToken cancellationToken)
    {
        var found = await runs.ListAsync(name, before, QueryOfAddress.Limit(request.Query), cancellationToken);
        if (found.Count == 0 && before is null)
        {
            await batches.GetAsync(name, cancellationToken); // there is one that has not run
        }

        return [.. found.Select(one => one.Shown)];
    }

    private static async Task<IResult> QuarantineAsync(
        string name, long id, HttpContext context, RunStore runs, [FromServices] RunFiles? files)
    {
        var one = (await FindAsync(runs, name, id, context.RequestAborted)).Shown;
        var write = await Here.Of(files).QuarantineAsync(one, context.RequestAborted);
        return TypedResults.Stream(write, RunFiles.ContentType, Path.GetFileName(one.Quarantine));
    }

    private static async Task<IResult> RunAsync(
        string name, HttpContext context, BatchStore batches, RunStore runs, [FromServices] DeployingOptions? options)
    {
        Here.Of(options);
        var batch = await batches.GetAsync(name, context.RequestAborted);
        var made = await runs.RequestAsync(Caller.Of(context.User), batch, context.RequestAborted);
        return TypedResults.Created($"/api/batches/{name}/runs/{made.Id}", made);
    }
}
