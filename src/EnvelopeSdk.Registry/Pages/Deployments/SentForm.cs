using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>A form that a page of this registry has sent.</summary>
internal static class SentForm
{
    private static readonly char[] Ends = ['\n', '\r'];

    /// <summary>Reads it, and checks that a page sent it.</summary>
    /// <exception cref="EnvelopeException">It is larger than it may be.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context, IAntiforgery antiforgery)
    {
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            await antiforgery.ValidateRequestAsync(context);
            return form;
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, "That is more than a page sends on. Send it to the service itself.", large);
        }
    }

    /// <summary>What stands in a field, without blanks around it; null: nothing.</summary>
    public static string? Text(this IFormCollection form, string name) => Given(form[name].ToString());

    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The lines of a field that have something in them.</summary>
    public static IReadOnlyList<string> Lines(string? text) =>
        (text ?? "").Split(Ends, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
