using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace EnvelopeSdk.Service;

/// <summary>
/// Answers problem details where an answer would have no body: of an unknown route or a wrong method, and of what an
/// application asks before an endpoint is reached, such as who calls.
/// </summary>
internal sealed class ProblemPages : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseStatusCodePages();
        next(app);
    };
}
