using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Batches;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Pages.Deployments;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Pages.Batches;

/// <summary>The forms that make, change, run and remove batches.</summary>
internal static class BatchForms
{
    public static void MapBatchForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/batches/new", AddAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/batches/{name}/settings", ChangeAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/batches/{name}/remove", RemoveAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/batches/{name}/runs", RunAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/batches/{name}/runs/{id:long}/cancel", CancelAsync).RequireAuthorization(Role.Deploy);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, IAntiforgery antiforgery, BatchStore batches, JobRights rights)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        var name = form.Text("name") ?? "";
        Grants.Of(context.User).Ensure(Role.Deploy, name);
        try
        {
            if (await batches.FindAsync(name, context.RequestAborted) is not null)
            {
                throw new EnvelopeException(
                    EnvelopeError.Mismatch, $"There is a batch '{name}'. Its page lets you change it.");
            }

            await BatchEndpoints.SaveAsync(name, BatchText.Read(form, null), context, batches, rights);
            return TypedResults.Redirect(Links.Batch(name));
        }
        catch (EnvelopeException failure)
        {
            return Refused(form, failure, context, "/batches");
        }
    }

    /// <summary>Saves what the page showed and somebody changed, with all that the page did not show.</summary>
    private static async Task<IResult> ChangeAsync(
        string name, HttpContext context, IAntiforgery antiforgery, BatchStore batches, JobRights rights)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        var current = await batches.GetAsync(name, context.RequestAborted);
        var versions = await batches.VersionsAsync(name, context.RequestAborted);
        var shown = versions.FirstOrDefault(one => BatchText.Number(one.Version) == form.Text("version"));
        var latest = BatchText.Number(current.Version);
        if (shown is null || form.Text("latest") != latest)
        {
            var late = new EnvelopeException(
                EnvelopeError.Mismatch,
                $"Somebody has changed '{name}' since the page came. Look at it as it is; what you send from here "
                + "follows that.");
            return Refused(form, late, context, Links.Batch(name) + "#settings", latest, latest);
        }

        try
        {
            await BatchEndpoints.SaveAsync(name, BatchText.Read(form, shown.Settings), context, batches, rights);
            return TypedResults.Redirect(Links.Batch(name) + "#settings");
        }
        catch (EnvelopeException failure)
        {
            return Refused(
                form, failure, context, Links.Batch(name) + "#settings", BatchText.Number(shown.Version), latest);
        }
    }

    /// <summary>Shows what was typed once more, with what is wrong with it.</summary>
    private static RazorComponentResult Refused(
        IFormCollection form, EnvelopeException failure, HttpContext context, string back, string? version = null,
        string? latest = null) =>
        new RazorComponentResult<RefusedBatchPage>(new
        {
            Failure = failure,
            Fields = form.ToDictionary(one => one.Key, one => (string?)one.Value.ToString()),
            Action = context.Request.Path.Value,
            Version = version,
            Latest = latest,
            Back = back,
        })
        {
            StatusCode = ProblemFilter.StatusOf(failure.Error),
        };

    /// <summary>Takes a batch away for who typed its name.</summary>
    private static async Task<RedirectHttpResult> RemoveAsync(
        string name, HttpContext context, IAntiforgery antiforgery, BatchStore batches)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        if (form.Text("name") != name)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"Type the name '{name}' to remove it. Nothing was removed.");
        }

        await batches.RemoveAsync(Caller.Of(context.User), name, context.RequestAborted);
        return TypedResults.Redirect("/batches");
    }

    private static async Task<RedirectHttpResult> RunAsync(
        string name, HttpContext context, IAntiforgery antiforgery, BatchStore batches, RunStore runs,
        [FromServices] DeployingOptions? options)
    {
        await antiforgery.ValidateRequestAsync(context);
        Here.Of(options);
        var batch = await batches.GetAsync(name, context.RequestAborted);
        await runs.RequestAsync(Caller.Of(context.User), batch, context.RequestAborted);
        return TypedResults.Redirect(Links.Batch(name));
    }

    private static async Task<RedirectHttpResult> CancelAsync(
        string name, long id, HttpContext context, IAntiforgery antiforgery, RunStore runs,
        [FromServices] RunFiles? files)
    {
        await antiforgery.ValidateRequestAsync(context);
        var one = (await BatchEndpoints.FindAsync(runs, name, id, context.RequestAborted)).Shown;
        await runs.CancelAsync(
            Caller.Of(context.User), one, Here.Of(files).FailureOf(one), context.RequestAborted);
        return TypedResults.Redirect(Links.Batch(name));
    }
}
