using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Measured.Peer;

/// <summary>An endpoint that takes one JSON value and answers another one.</summary>
internal static class JsonEndpoint
{
    public static RequestDelegate Of<TBody, TAnswer>(
        JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, Func<TBody, TAnswer> answer)
        where TBody : class => async context =>
    {
        if (!context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        TBody body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.BodyReader, bodyType, context.RequestAborted)
                ?? throw new JsonException("There is no value.");
        }
        catch (JsonException failure)
        {
            await TypedResults.Problem(failure.Message, statusCode: 400).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(
            context.Response.BodyWriter, answer(body), answerType, context.RequestAborted);
    };
}
