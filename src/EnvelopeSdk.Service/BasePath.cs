using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace EnvelopeSdk.Service;

/// <summary>
/// The path below which callers reach a service through a gateway, <c>Envelope:PathBase</c> of its configuration: its
/// documents and pages name it. Without it each route is there too, for probes.
/// </summary>
internal sealed class BasePath(PathString path) : IStartupFilter
{
    public const string Setting = "Envelope:PathBase";

    /// <exception cref="EnvelopeException">It is no such path.</exception>
    public static BasePath From(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => new(PathString.Empty),
        var text when text[0] == '/' && text[1..].Split('/').All(IsSegment) => new(new(text)),
        var text => throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{text}' for {Setting} in the service's configuration is no path below which it can be reached. Write "
            + "'/diamond-price', or leave it out."),
    };

    private static bool IsSegment(string text) =>
        text is not ("" or "." or "..") && text.All(one => char.IsAsciiLetterOrDigit(one) || "-._~".Contains(one));

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (path.HasValue)
        {
            app.UsePathBase(path);
        }

        next(app);
    };
}
