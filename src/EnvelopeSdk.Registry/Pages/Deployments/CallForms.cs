using System.Text.Encodings.Web;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>The forms that call what is deployed, through this registry.</summary>
internal static class CallForms
{
    public static void MapCallForms(this IEndpointRouteBuilder app) =>
        app.MapPost("/deployments/{name}/call/{query}", CallAsync).WithMetadata(SmallBody.Instance);

    private static async Task<RazorComponentResult> CallAsync(
        string name, string query, HttpContext context, IAntiforgery antiforgery, IEnvelopeStore store,
        DeploymentStore deployments, ServiceCaller caller, [FromServices] DeployingOptions? options)
    {
        var form = await SentForm.ReadAsync(context, antiforgery);
        var stop = context.RequestAborted;
        var live = (await deployments.CurrentAsync(name, stop)).FirstOrDefault(one => one.IsLive)
            ?? throw new EnvelopeException(
                EnvelopeError.NotFound, $"Nothing runs on '{name}'. Deploy an envelope on it.");
        Grants.Of(context.User).Ensure(Role.Read, live.Envelope.Name);
        var schema = (await store.OpenAsync(live.Envelope.Name, live.Envelope.Digest, stop)).Record.Schema;
        var called = schema.Queries.FirstOrDefault(one => one.Name == query) ?? throw new EnvelopeException(
            EnvelopeError.NotFound,
            $"What runs on '{name}' has no query '{query}'. Open the page of its envelope again.");
        var fields = CallArguments.FieldsOf(called, schema);
        var arguments = CallArguments.Read(fields, form);
        var address = $"{Here.Of(options).UrlOf(name)}/{UrlEncoder.Default.Encode(query)}";
        var answer = await caller.CallAsync(address, arguments, stop);
        return new RazorComponentResult<AnswerPage>(new
        {
            Configuration = name,
            live.Shown.Name,
            live.Shown.Digest,
            Address = address,
            Query = called,
            Schema = schema,
            Sent = arguments.ToJsonString(Shown.Indented),
            Answer = answer,
            Values = fields.Where(one => form.ContainsKey(one.Name))
                .ToDictionary(one => one.Name, one => form[one.Name].ToString()),
        });
    }

    private sealed class SmallBody : IRequestSizeLimitMetadata
    {
        public static readonly SmallBody Instance = new();

        public long? MaxRequestBodySize => 1L << 20;
    }
}
