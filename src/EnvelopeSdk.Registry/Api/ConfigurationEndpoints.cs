using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Traffic;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>How envelopes run that are deployed.</summary>
internal static class ConfigurationEndpoints
{
    public static void MapConfigurations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/configurations", ListAsync)
            .WithSummary("The configurations that the caller may read, with what runs and what is under way.");
        api.MapGet("/configurations/{name}", async (
            string name, ConfigurationStore configurations, DeploymentStore deployments, HourOfTraffic traffic,
            [FromServices] DeployingOptions? options, CancellationToken cancellation) => await ShowAsync(
                await configurations.GetAsync(name, cancellation), deployments, traffic, options, cancellation))
            .WithSummary("A configuration, with what runs and what is under way.");
        api.MapPut("/configurations/{name}", async (
            string name, DeploymentSettings settings, HttpContext context, ConfigurationStore configurations,
            DeploymentStore deployments, HourOfTraffic traffic, [FromServices] DeployingOptions? options) =>
            await ShowAsync(
                await SaveAsync(name, settings, context, configurations), deployments, traffic, options,
                context.RequestAborted)).RequireAuthorization(Role.Deploy)
            .WithSummary("Makes a configuration, or its next version, with which the next deployment runs.");
        api.MapDelete("/configurations/{name}", async (
            string name, HttpContext context, ConfigurationStore configurations) =>
        {
            await RemoveAsync(name, context, configurations);
            return TypedResults.NoContent();
        }).RequireAuthorization(Role.Deploy).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Takes a configuration away, with its rules and what runs.");
        api.MapGet("/configurations/{name}/versions", async (
            string name, ConfigurationStore configurations, CancellationToken cancellation) =>
            (await configurations.VersionsAsync(name, cancellation)).Select(one => new ConfigurationChange(
                one.Version, one.Settings, one.Time, one.Who)))
            .WithSummary("All versions of the settings of a configuration, the newest first.");
    }

    /// <exception cref="DeniedException">It takes away what holds the caller.</exception>
    public static async Task<ConfigurationVersion> SaveAsync(
        string name, DeploymentSettings settings, HttpContext context, ConfigurationStore configurations)
    {
        SettingsValues.Ensure(settings); // first: what is looked at next takes them for texts
        var grants = Grants.Of(context.User);
        return await configurations.SaveAsync(
            Caller.Of(context.User), name, settings, context.RequestAborted,
            before =>
            {
                SettingsGuard.Ensure(grants, name, before, settings);
                SecretRights.Ensure(
                    grants, settings.Runtime, settings.Secrets,
                    before is null ? null : (before.Runtime, before.Secrets));
            });
    }

    /// <exception cref="DeniedException">It takes away what holds the caller.</exception>
    public static Task RemoveAsync(string name, HttpContext context, ConfigurationStore configurations) =>
        configurations.RemoveAsync(
            Caller.Of(context.User), name, context.RequestAborted,
            before => SettingsGuard.Ensure(Grants.Of(context.User), name, before, after: null));

    public static async Task<DeploymentConfiguration> ShowAsync(
        ConfigurationVersion one, DeploymentStore deployments, HourOfTraffic traffic, DeployingOptions? options,
        CancellationToken cancellationToken)
    {
        var current = await deployments.CurrentAsync(one.Name, cancellationToken);
        var live = current.FirstOrDefault(row => row.IsLive);
        return new(
            one.Name, one.Version, one.Settings, one.Time, one.Who, options?.UrlOf(one.Name) ?? "", live?.Shown,
            current.FirstOrDefault(row => row.IsActive)?.Shown, options?.Platform,
            (await traffic.OfAsync(live, cancellationToken))?.Shown);
    }

    private static async Task<IReadOnlyList<DeploymentConfiguration>> ListAsync(
        HttpContext context, ConfigurationStore configurations, DeploymentStore deployments, HourOfTraffic traffic,
        [FromServices] DeployingOptions? options)
    {
        var grants = Grants.Of(context.User);
        var shown = new List<DeploymentConfiguration>();
        foreach (var one in await configurations.ListAsync(context.RequestAborted))
        {
            if (grants.May(Role.Read, one.Name))
            {
                shown.Add(await ShowAsync(one, deployments, traffic, options, context.RequestAborted));
            }
        }

        return shown;
    }
}
