using System.ComponentModel;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Service.OpenApi;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Service;

/// <summary>
/// Adds a model to an application. Services call the generated <c>builder.AddEnvelope()</c>, which calls this.
/// </summary>
public static class EnvelopeHosting
{
    private const string EnvelopeDirectory = "envelope";

    /// <summary>
    /// Loads the model in the background and makes its queries known to <see cref="EnvelopeEndpoints.MapEnvelope"/>.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="binding">How the model is loaded and called.</param>
    /// <param name="envelope">
    /// The envelope that the service was built of, as <c>NAME@DIGEST</c>: while it is the one beside the service, the
    /// build's checks of it are not made again.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="EnvelopeException">
    /// There is no envelope beside the service's assembly, or it is damaged; a service that is the program itself says
    /// so and ends with exit code 1.
    /// </exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static WebApplicationBuilder AddEnvelope<TModel>(
        WebApplicationBuilder builder, ModelBinding<TModel> binding, string envelope)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(binding);
        return FailedStart.Guard(
            binding.GetType().Assembly,
            () => AddEnvelope(builder, binding, envelope, Path.Combine(AppContext.BaseDirectory, EnvelopeDirectory)));
    }

    internal static WebApplicationBuilder AddEnvelope<TModel>(
        WebApplicationBuilder builder, ModelBinding<TModel> binding, string envelope, string directory)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var model = OpenAsync(binding, envelope, directory).GetAwaiter().GetResult();
        builder.Services
            .AddSingleton(model)
            .AddSingleton(_ => EnvelopeSummary.Of(
                model.Content, UnpackedEnvelope.ReadLabelsAsync(directory).GetAwaiter().GetResult()))
            .AddSingleton(new EnvelopeProgram(binding.GetType().Assembly))
            .AddSingleton(services => CallLimits.From(services.GetRequiredService<IConfiguration>()))
            .AddSingleton<CallGate>()
            .AddSingleton<CallMetrics>()
            .AddSingleton<QueryServices>()
            .AddSingleton<IReadOnlyList<QueryHandler>>(services =>
            {
                var handlers = new QueryHandlers(services.GetRequiredService<QueryServices>());
                return [.. model.Queries.Select(query => query.Accept(handlers))];
            })
            .AddSingleton<IHostedService, ModelLoader>();
        builder.Services
            .AddProblemDetails(options => options.CustomizeProblemDetails += ProblemPages.Explain)
            .AddSingleton<IStartupFilter, ProblemPages>();
        builder.Services.AddSingleton<IStartupFilter>(BasePath.From(builder.Configuration));
        HonourFormatter(builder);
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, UnheardRequests>();
        ServerMemory.Widen(builder.Services);
        builder.Services.AddHealthChecks().AddCheck<ModelHealthCheck>("model");
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer(new EnvelopeDocument(model)));
        return builder;
    }

    /// <summary>A slim builder sets the formatter of the console in code, whatever the configuration says.</summary>
    private static void HonourFormatter(WebApplicationBuilder builder)
    {
        if (builder.Configuration["Logging:Console:FormatterName"] is { Length: > 0 } name)
        {
            builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName = name);
        }
    }

    private static async Task<ServedModel> OpenAsync<TModel>(
        ModelBinding<TModel> binding, string envelope, string directory)
        where TModel : class =>
        await ServedModel.OpenAsync(
            binding,
            UnpackedEnvelope.TryOpenBuilt(directory, envelope) ?? await UnpackedEnvelope.OpenAsync(directory));
}
