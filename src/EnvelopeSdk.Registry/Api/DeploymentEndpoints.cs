using EnvelopeSdk.Deployments;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What is deployed, and how it came to be.</summary>
internal static class DeploymentEndpoints
{
    private const int LinesOfLog = 500;

    private const string Of = "/configurations/{name}/deployments";

    public static void MapDeployments(this IEndpointRouteBuilder api)
    {
        api.MapGet(Of, ListAsync).WithSummary("The deployments of a configuration, the latest first.");
        api.MapPost(Of, DeployAsync).RequireAuthorization(Role.Deploy)
            .Produces<Deployment>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Asks for a deployment of an envelope.");
        api.MapGet(Of + "/{id:long}", ShowAsync).WithSummary("A deployment with all that it came to.");
        api.MapGet(Of + "/{id:long}/log", LogAsync).Produces<string>(contentType: "text/plain")
            .RequireAuthorization(Role.Deploy).WithSummary("The last lines that the processes of a deployment wrote.");
        MapChange(api, "approve", (desk, by, one, stop) => desk.ApproveAsync(by, one, stop),
            "Lets a deployment go on that waits for approval.");
        MapChange(api, "reject", (desk, by, one, stop) => desk.RejectAsync(by, one, stop),
            "Ends a deployment that waits for approval.");
        MapChange(api, "cancel", (desk, by, one, stop) => desk.CancelAsync(by, one, stop),
            "Stops a deployment before it has got all requests.");
        MapChange(api, "promote", (desk, by, one, stop) => desk.PromoteAsync(by, one, stop),
            "Lets a canary get all requests now.");
        api.MapPost("/configurations/{name}/rollback", async (
            string name, HttpContext context, [FromServices] DeploymentDesk? desk) => await Here.Of(desk).RollBackAsync(
                Caller.Of(context.User), name, context.RequestAborted)).RequireAuthorization(Role.Deploy)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Lets what ran before run again, with its settings and its platform.");
        api.MapGet("/configurations/{name}/served", ServedAsync)
            .WithSummary("What ran on a configuration at a time.");
    }

    private static async Task<IReadOnlyList<Deployment>> ListAsync(
        string name, long? before, HttpRequest request, DeploymentStore deployments,
        ConfigurationStore configurations, CancellationToken cancellationToken)
    {
        var limit = QueryOfAddress.Limit(request.Query);
        var found = await deployments.ListAsync(name, before, limit, cancellationToken);
        if (found.Count == 0 && before is null)
        {
            await configurations.GetAsync(name, cancellationToken); // there is one of which nothing was deployed
        }

        return [.. found.Select(one => one.Shown)];
    }

    private static async Task<IResult> DeployAsync(
        string name, NewDeployment wanted, HttpContext context, IEnvelopeStore store,
        [FromServices] DeploymentDesk? desk)
    {
        var (asked, digest) = Named.Envelope(wanted.Envelope);
        Grants.Of(context.User).Ensure(Role.Deploy, asked);
        var envelope = (await store.OpenAsync(asked, digest, context.RequestAborted)).Reference;
        var made = await Here.Of(desk).RequestAsync(Caller.Of(context.User), name, envelope, context.RequestAborted);
        return TypedResults.Created($"/api/configurations/{name}/deployments/{made.Id}", made);
    }

    private static async Task<DeploymentHistory> ShowAsync(
        string name, long id, DeploymentStore deployments, CancellationToken cancellationToken) => new(
        (await FindAsync(deployments, name, id, cancellationToken)).Shown,
        await deployments.StepsAsync(id, cancellationToken));

    private static async Task<IResult> LogAsync(
        string name, long id, DeploymentStore deployments, [FromServices] InstanceStore? instances, HttpContext context,
        [FromServices] Runtimes.ServiceRuntimes? runtimes)
    {
        var one = await FindAsync(deployments, name, id, context.RequestAborted);
        if (await deployments.LogAsync(id, context.RequestAborted) is { } log)
        {
            return TypedResults.Text(log);
        }

        var own = (await Here.Of(instances).ListAsync(context.RequestAborted))
            .Where(process => process.Deployment == one.Id);
        var logs = new List<string>();
        foreach (var process in own)
        {
            logs.Add(await Here.Of(runtimes).Of(process).LogEndAsync(process, LinesOfLog, context.RequestAborted));
        }

        return TypedResults.Text(string.Join('\n', logs));
    }

    private static async Task<Deployment> ServedAsync(
        string name, string at, DeploymentStore deployments, EndedDeployments ended,
        CancellationToken cancellationToken)
    {
        var time = TimeOf(at);
        return (await deployments.AtAsync(name, time, cancellationToken))?.Shown ?? throw new EnvelopeException(
            EnvelopeError.NotFound,
            await ended.KnownFromAsync(name, cancellationToken) is { } from && time < from
                ? $"What ran on '{name}' at {time.UtcDateTime:u} is not known any more: of what ended before "
                    + $"{from.UtcDateTime:u}, only a part is kept. --keep-deployments DAYS keeps more from then on."
                : $"Nothing ran on '{name}' at {time.UtcDateTime:u}.");
    }

    /// <exception cref="EnvelopeException">It is no time.</exception>
    public static DateTimeOffset TimeOf(string text) => QueryText.Parse([new("until", text)]).Until!.Value;

    private static void MapChange(
        IEndpointRouteBuilder api, string name,
        Func<DeploymentDesk, Caller, DeploymentRow, CancellationToken, Task<Deployment>> change, string summary) =>
        api.MapPost($"{Of}/{{id:long}}/{name}", async (
            string name, long id, HttpContext context, DeploymentStore deployments,
            [FromServices] DeploymentDesk? desk) =>
            await change(
                Here.Of(desk), Caller.Of(context.User),
                await FindAsync(deployments, name, id, context.RequestAborted), context.RequestAborted))
            .RequireAuthorization(Role.Deploy).ProducesProblem(StatusCodes.Status409Conflict).WithSummary(summary);

    /// <exception cref="EnvelopeException">The configuration has no deployment of the id.</exception>
    public static async Task<DeploymentRow> FindAsync(
        DeploymentStore deployments, string name, long id, CancellationToken cancellationToken) =>
        await deployments.FindAsync(id, cancellationToken) is { } one && one.Configuration == name
            ? one
            : throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"The configuration '{name}' has no deployment {id}. 'envelope deployment list {name}' lists them.");
}

/// <summary>What only a registry has that deploys.</summary>
internal static class Here
{
    /// <exception cref="EnvelopeException">This registry deploys nothing.</exception>
    public static T Of<T>(T? service)
        where T : class => service ?? throw new EnvelopeException(
        EnvelopeError.Invalid,
        "This registry deploys nothing. Start it with --deploy-in DIRECTORY, where services are built and run.");
}
