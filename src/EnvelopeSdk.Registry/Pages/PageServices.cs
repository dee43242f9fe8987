using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Pages.Batches;
using EnvelopeSdk.Registry.Pages.Deployments;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>
/// The pages. Each is rendered on the server, and its whole state is in its address; they work without scripts.
/// </summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<DeployedHere>();
        services.AddSingleton<ServiceCaller>();
        return services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "envelope-registry-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapGet("/assets/{name}", PageAssets.Send).AllowAnonymous();
        app.MapPost("/envelopes/{name}/{digest}/tags", TagAsync).RequireAuthorization(Role.Save);
        app.MapConfigurationForms();
        app.MapDeploymentForms();
        app.MapCallForms();
        app.MapBatchForms();
        app.MapKeyForms();
        app.MapSignIn();
        app.MapRazorComponents<App>();
        app.MapFallback(
            () => new RazorComponentResult<NotFoundPage>() { StatusCode = StatusCodes.Status404NotFound });
    }

    /// <summary>
    /// Says on a page what went wrong with an envelope. What programs ask for has a filter of its own.
    /// </summary>
    public static async Task TellAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (AntiforgeryValidationException) when (!context.Response.HasStarted)
        {
            await TellAsync(
                context, "The form was not sent by a page of this registry that is open now. Open the page again.",
                StatusCodes.Status400BadRequest);
        }
        catch (DeniedException denied) when (!context.Response.HasStarted)
        {
            await TellAsync(context, denied.Message, StatusCodes.Status403Forbidden);
        }
        catch (EnvelopeException failure) when (!context.Response.HasStarted)
        {
            await TellAsync(context, failure.Message, ProblemFilter.StatusOf(failure.Error));
        }
    }

    /// <summary>Answers with a page that says why there is no other, or a problem where programs ask.</summary>
    public static async Task TellAsync(HttpContext context, string message, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            await TypedResults.Problem(message, statusCode: status).ExecuteAsync(context); // a program does not read pages
            return;
        }

        // Of the page that failed there are services and headers, which a page can have once.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        var page = new RazorComponentResult<FailurePage>(new { Message = message }) { StatusCode = status };
        await page.ExecuteAsync(context);
        context.RequestServices = services;
    }

    /// <summary>Sets the tag that the form names, or takes it away when its value was left empty.</summary>
    private static async Task<RedirectHttpResult> TagAsync(
        string name, string digest, HttpContext context, IAntiforgery antiforgery, JournalDesk desk)
    {
        await antiforgery.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (tag, value) = (form["tag"].ToString().Trim(), form["value"].ToString());
        await desk.TagAsync(
            new(name, Named.Digest(digest)),
            new Dictionary<string, string?> { [tag] = value.Length == 0 ? null : value }, context.User,
            context.RequestAborted);
        return TypedResults.Redirect(Links.Envelope(name, digest));
    }
}
