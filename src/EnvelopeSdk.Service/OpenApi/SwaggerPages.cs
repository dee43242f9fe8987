using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>
/// The pages of <c>/swagger</c>. They are made when somebody first looks at them: a service needs them neither to begin
/// nor on the way of its calls.
/// </summary>
internal static class SwaggerPages
{
    public static void MapSwaggerPages(this WebApplication app, string title)
    {
        var pages = new Lazy<RequestDelegate>(() => Pages(app.Services, title));
        app.MapMethods("/swagger/{**path}", EnvelopeEndpoints.Reading, (RequestDelegate)(context => pages.Value(context)))
            .ExcludeFromDescription();
    }

    private static RequestDelegate Pages(IServiceProvider services, string title)
    {
        var pages = new ApplicationBuilder(services);
        pages.UseSwaggerUI(options =>
        {
            options.DocumentTitle = title;
            options.SwaggerEndpoint("../openapi/v1.json", title); // also below a base path
        });
        pages.Run(context =>
        {
            context.SetEndpoint(null); // there is nothing at this address, and the answer says so
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return pages.Build();
    }
}
