using System.Diagnostics;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Service;

/// <summary>
/// An error as problem details (RFC 9457). Of what was sent it may show names of members, a number or a length, and never
/// a string; of the model only what that says for callers.
/// </summary>
/// <param name="Type">The last part of the problem's type, which is described in <c>Problems.md</c>.</param>
/// <param name="Title">The same for every problem of the type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Errors">The places in the body that are at fault.</param>
/// <param name="Detail">What the model says of it; null when it says nothing.</param>
internal sealed record Problem(
    string Type, string Title, int Status, BindingErrors? Errors = null, string? Detail = null)
{
    public const string MediaType = "application/problem+json";

    /// <summary>A name and no address, so that it stays as it is wherever the description lies.</summary>
    public const string TypePrefix = "urn:envelopesdk:problem:";

    public static readonly Problem NotReady = new(
        "not-ready", "The model is being loaded.", StatusCodes.Status503ServiceUnavailable);
    public static readonly Problem Busy = new(
        "busy", "More calls wait for the model than may.", StatusCodes.Status503ServiceUnavailable);
    public static readonly Problem UnsupportedMediaType = new(
        "unsupported-media-type",
        "The body must be application/json in UTF-8, without a content coding.",
        StatusCodes.Status415UnsupportedMediaType);
    public static readonly Problem NotAcceptable = new(
        "not-acceptable",
        "The stream can be had as application/jsonl, application/x-ndjson, text/event-stream or application/json.",
        StatusCodes.Status406NotAcceptable);
    public static readonly Problem StreamTooLong = new(
        "stream-too-long",
        "As arrays, the streams are longer than 64 MiB. One call at a time has no limit as application/jsonl.",
        StatusCodes.Status406NotAcceptable);

    public static readonly Problem Unexpected = new(
        "unexpected", "The service failed.", StatusCodes.Status500InternalServerError);

    public static Problem InvalidBody(BindingErrors errors) =>
        new(
            "invalid-body",
            "The body is not what the query's schema asks for.",
            StatusCodes.Status400BadRequest,
            errors);

    /// <summary>The model threw: <paramref name="errors"/> says for which call of a batch.</summary>
    public static Problem Failed(Exception failure, BindingErrors errors) => failure is ModelAnswerException
        ? new(
            "answer-not-writable",
            "The model's answer is not what its schema promises.",
            StatusCodes.Status500InternalServerError,
            errors)
        : new("model-failed", "The model failed to answer.", StatusCodes.Status500InternalServerError, errors);

    /// <summary>
    /// The model refused: <paramref name="errors"/> says for which call of a batch, and which argument.
    /// </summary>
    public static Problem Refused(PredictionRefusedException refused, BindingErrors errors) => new(
        "prediction-refused", "The model refuses the call.", StatusCodes.Status422UnprocessableEntity, errors,
        refused.Reason);

    public static Problem RequestRefused(int status) => status == StatusCodes.Status413PayloadTooLarge
        ? new("body-too-large", "The body is larger than the service takes.", status)
        : new("request-refused", "The request could not be read.", status);

    /// <summary>Writes the problem into empty buffers.</summary>
    /// <returns>Its status.</returns>
    public int Write(QueryBuffers buffers)
    {
        Write(buffers.Output, buffers.TraceId());
        return Status;
    }

    /// <summary>Answers a request with the problem.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.RetryAfter = default; // of an answer in whose place it is
        var body = new JsonOutput();
        Write(body, TraceId(context));
        context.Response.ContentLength = body.Written.Length;
        await context.Response.BodyWriter.WriteAsync(body.Written, context.RequestAborted);
    }

    private void Write(JsonOutput output, string traceId)
    {
        output.WriteStartObject();
        output.WriteRawName("\"type\":"u8);
        output.WriteString(TypePrefix + Type);
        output.WriteRawName("\"title\":"u8);
        output.WriteString(Title);
        output.WriteRawName("\"status\":"u8);
        output.WriteInt32(Status);
        if (Detail is not null)
        {
            output.WriteRawName("\"detail\":"u8);
            output.WriteString(Detail);
        }

        if (Errors is not null)
        {
            output.WriteRawName("\"errors\":"u8);
            output.WriteStartArray();
            for (var i = 0; i < Errors.Count; i++)
            {
                Write(output, Errors[i], Detail ?? Errors[i].Detail);
            }

            output.WriteEndArray();
        }

        output.WriteRawName("\"traceId\":"u8);
        output.WriteString(traceId);
        output.WriteEndObject();
    }

    /// <summary>
    /// What the traces of a request name it by, else what its caller's do (W3C Trace Context), else what the server does.
    /// </summary>
    public static string TraceId(HttpContext context) =>
        Activity.Current?.Id
        ?? (context.Request.Headers.TraceParent is [{ } caller] && ActivityContext.TryParse(caller, null, out _)
            ? caller : context.TraceIdentifier);

    private static void Write(JsonOutput output, BindingError error, string detail)
    {
        output.WriteStartObject();
        output.WriteRawName("\"pointer\":"u8);
        output.WriteString(error.Pointer);
        output.WriteRawName("\"detail\":"u8);
        output.WriteString(detail);
        output.WriteRawName("\"expected\":"u8);
        output.WriteString(error.Expected);
        output.WriteRawName("\"actual\":"u8);
        output.WriteString(error.Actual);
        output.WriteEndObject();
    }
}
