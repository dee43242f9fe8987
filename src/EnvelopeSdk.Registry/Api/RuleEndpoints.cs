using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Which envelopes are deployed by themselves.</summary>
internal static class RuleEndpoints
{
    private const string Of = "/configurations/{name}/rules";

    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet(Of, (string name, RuleStore rules, CancellationToken cancellation) =>
            rules.ListAsync(name, cancellation)).WithSummary("The rules of a configuration.");
        api.MapPut(Of + "/{rule}", SaveAsync).RequireAuthorization(Role.Deploy)
            .WithSummary("Makes a rule, or changes it: the newest envelope that fits is deployed by itself.");
        api.MapDelete(Of + "/{rule}", async (string name, string rule, HttpContext context, RuleStore rules) =>
        {
            await rules.RemoveAsync(Caller.Of(context.User), name, rule, context.RequestAborted);
            return TypedResults.NoContent();
        }).RequireAuthorization(Role.Deploy).WithSummary("Removes a rule. What it has deployed goes on.");
        api.MapPost("/configurations/{name}/dry-run", async (
            string name, RuleSettings settings, RuleTrial trial, HttpContext context) =>
            await trial.RunAsync(name, settings, Grants.Of(context.User).Names, context.RequestAborted))
            .WithSummary("What a rule would take now, and would have taken until now.");
    }

    /// <summary>Who makes a rule lets it deploy whatever fits: it needs the right to deploy all that may.</summary>
    public static async Task<DeploymentRule> SaveAsync(
        string name, string rule, RuleSettings settings, HttpContext context, ConfigurationStore configurations,
        RuleStore rules)
    {
        var grants = Grants.Of(context.User);
        if (grants.IsLimited && (settings.Name is null || !grants.May(Role.Deploy, settings.Name)))
        {
            throw DeniedException.Of(Role.Deploy, settings.Name ?? "*");
        }

        await configurations.GetAsync(name, context.RequestAborted);
        return await rules.SaveAsync(Caller.Of(context.User), name, rule, settings, context.RequestAborted);
    }
}
