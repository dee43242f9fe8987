using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>The forms that make and change configurations and their rules.</summary>
internal static class ConfigurationForms
{
    public static void MapConfigurationForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/deployments/new", AddAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/deployments/{name}/remove", RemoveAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/deployments/{name}/settings", ChangeAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/deployments/{name}/rules", SetRuleAsync).RequireAuthorization(Role.Deploy);
        app.MapPost("/deployments/{name}/rules/{rule}/remove", RemoveRuleAsync).RequireAuthorization(Role.Deploy);
    }

    private static async Task<RedirectHttpResult> AddAsync(
        HttpContext context, IAntiforgery antiforgery, ConfigurationStore configurations)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        var name = form.Text("name") ?? "";
        Grants.Of(context.User).Ensure(Role.Deploy, name);
        if (await configurations.FindAsync(name, context.RequestAborted) is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch, $"There is a configuration '{name}'. Its page lets you change it.");
        }

        await configurations.SaveAsync(
            Caller.Of(context.User), name,
            new()
            {
                Replicas = SettingsText.Number(form.Text("replicas"), "replicas") ?? 1,
                Limits = new() { MemoryMegabytes = SettingsText.Number(form.Text("memory"), "megabytes") },
                Strategy = new() { Steps = SettingsText.Steps(form.Text("steps")) },
                NeedsApproval = form.ContainsKey("approval"),
            },
            context.RequestAborted);
        return TypedResults.Redirect(Links.Configuration(name));
    }

    /// <summary>Takes away what the page has named to who typed its name.</summary>
    private static async Task<RedirectHttpResult> RemoveAsync(
        string name, HttpContext context, IAntiforgery antiforgery, ConfigurationStore configurations,
        DeploymentStore deployments)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        if (form.Text("name") != name)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"Type the name '{name}' to remove it. Nothing was removed.");
        }

        var live = (await deployments.CurrentAsync(name, context.RequestAborted)).FirstOrDefault(one => one.IsLive);
        if (form.Text("runs") != RemovePart.IdOf(live?.Shown))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"On '{name}' runs another deployment than when the page came. Look at it again. Nothing was removed.");
        }

        await ConfigurationEndpoints.RemoveAsync(name, context, configurations);
        return TypedResults.Redirect("/deployments");
    }

    private static async Task<RedirectHttpResult> ChangeAsync(
        string name, HttpContext context, IAntiforgery antiforgery, ConfigurationStore configurations,
        IOptions<JsonOptions> json)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        await configurations.GetAsync(name, context.RequestAborted);
        await ConfigurationEndpoints.SaveAsync(
            name, SettingsText.Read(form["settings"].ToString(), json.Value.SerializerOptions), context,
            configurations);
        return TypedResults.Redirect(Links.Configuration(name) + "#settings");
    }

    /// <summary>Saves a rule, or leads to the page that says what it would do.</summary>
    private static async Task<RedirectHttpResult> SetRuleAsync(
        string name, HttpContext context, IAntiforgery antiforgery, ConfigurationStore configurations, RuleStore rules)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        var sent = RuleText.Of(form);
        var settings = sent.Read();
        if (form.ContainsKey("try"))
        {
            SettingsCheck.Run(settings);
            return TypedResults.Redirect(Links.DryRun(name, sent));
        }

        await RuleEndpoints.SaveAsync(name, sent.Rule ?? "", settings, context, configurations, rules);
        return TypedResults.Redirect(Links.Configuration(name) + "#rules");
    }

    private static async Task<RedirectHttpResult> RemoveRuleAsync(
        string name, string rule, HttpContext context, IAntiforgery antiforgery, RuleStore rules)
    {
        await antiforgery.ValidateRequestAsync(context);
        await rules.RemoveAsync(Caller.Of(context.User), name, rule, context.RequestAborted);
        return TypedResults.Redirect(Links.Configuration(name) + "#rules");
    }
}
