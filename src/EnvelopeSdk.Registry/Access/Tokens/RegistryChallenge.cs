using EnvelopeSdk.Distribution;
using EnvelopeSdk.Registry.Distribution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EnvelopeSdk.Registry.Access.Tokens;

/// <summary>How <c>/v2/</c> asks who it is: for a token, and how to get one that suffices, or for a password.</summary>
internal static class RegistryChallenge
{
    private const string Basic = $"Basic realm=\"{Challenge.OurRealm}\", charset=\"UTF-8\"";

    public static void Add(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/v2", out var rest) && request.Path != TokenEndpoints.Path)
        {
            // Some clients take the first that they know.
            var realm = UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, TokenEndpoints.Path);
            context.Response.Headers.WWWAuthenticate = new(
            [
                $"Bearer realm=\"{realm}\",service=\"{AccessTokens.Service}\"{ScopeOf(request, rest)}", Basic,
            ]);
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = Basic;
        }
    }

    private static string ScopeOf(HttpRequest request, PathString rest)
    {
        var isWrite = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var scope = RequestPath.TryParse(rest.ToString().TrimStart('/')) switch
        {
            { Topic: Topic.Catalog } => TokenScope.OfCatalog,
            { Repository: { } name } when OciReference.IsRepository(name) =>
                TokenScope.OfRepository(name, isWrite),
            _ => null,
        };
        return scope is null ? "" : $",scope=\"{scope}\"";
    }
}
