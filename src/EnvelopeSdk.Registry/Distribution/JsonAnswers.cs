using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>Writes small documents.</summary>
internal static class JsonAnswers
{
    public static async Task WriteJsonAsync(
        this HttpResponse response, JsonNode json, string mediaType = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        response.ContentType = mediaType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
        }
    }
}
