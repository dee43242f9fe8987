using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>The forms that deploy, and that say how a deployment goes on.</summary>
internal static class DeploymentForms
{
    public static void MapDeploymentForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/envelopes/{name}/{digest}/deploy", DeployAsync).RequireAuthorization(Role.Deploy);
        MapChange(app, DeploymentChanges.Approve, (desk, by, one, stop) => desk.ApproveAsync(by, one, stop));
        MapChange(app, DeploymentChanges.Reject, (desk, by, one, stop) => desk.RejectAsync(by, one, stop));
        MapChange(app, DeploymentChanges.Cancel, (desk, by, one, stop) => desk.CancelAsync(by, one, stop));
        MapChange(app, DeploymentChanges.Promote, (desk, by, one, stop) => desk.PromoteAsync(by, one, stop));
        app.MapPost("/deployments/{name}/rollback", async (
            string name, HttpContext context, IAntiforgery antiforgery, [FromServices] DeploymentDesk? desk) =>
        {
            await antiforgery.ValidateRequestAsync(context);
            await Here.Of(desk).RollBackAsync(Caller.Of(context.User), name, context.RequestAborted);
            return TypedResults.Redirect(Links.Configuration(name));
        }).RequireAuthorization(Role.Deploy);
    }

    /// <summary>Deploys an envelope on the configuration that the form names, which is made if there is none.</summary>
    private static async Task<RedirectHttpResult> DeployAsync(
        string name, string digest, HttpContext context, IAntiforgery antiforgery, IEnvelopeStore store,
        ConfigurationStore configurations, [FromServices] DeploymentDesk? desk)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        var (stop, by) = (context.RequestAborted, Caller.Of(context.User));
        var configuration = form.Text("configuration") ?? name;
        Grants.Of(context.User).Ensure(Role.Deploy, configuration);
        var envelope = (await store.OpenAsync(name, Named.Digest(digest), stop)).Reference;
        var deploying = Here.Of(desk);
        if (await configurations.FindAsync(configuration, stop) is null)
        {
            await configurations.SaveAsync(by, configuration, new(), stop);
        }

        await deploying.RequestAsync(by, configuration, envelope, stop);
        return TypedResults.Redirect(Links.Configuration(configuration));
    }

    private static void MapChange(
        IEndpointRouteBuilder app, string name,
        Func<DeploymentDesk, Caller, DeploymentRow, CancellationToken, Task<Deployment>> change) => app.MapPost(
        $"/deployments/{{name}}/{{id:long}}/{name}", async (
            string name, long id, HttpContext context, IAntiforgery antiforgery, DeploymentStore deployments,
            [FromServices] DeploymentDesk? desk) =>
        {
            await antiforgery.ValidateRequestAsync(context);
            await change(
                Here.Of(desk), Caller.Of(context.User),
                await DeploymentEndpoints.FindAsync(deployments, name, id, context.RequestAborted),
                context.RequestAborted);
            return TypedResults.Redirect(Links.Configuration(name));
        }).RequireAuthorization(Role.Deploy);
}
