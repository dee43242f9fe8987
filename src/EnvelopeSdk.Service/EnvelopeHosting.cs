using System.ComponentModel;
using EnvelopeSdk.Authoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnvelopeSdk.Service;

/// <summary>Adds a model to an application. Services call the generated <c>builder.AddEnvelope()</c>, which calls this.</summary>
public static class EnvelopeHosting
{
    private const string EnvelopeDirectory = "envelope";

    /// <summary>Loads the model in the background and makes its queries known to <see cref="EnvelopeEndpoints.MapEnvelope"/>.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="bindings">The model's queries.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="EnvelopeException">There is no envelope beside the service's assembly, or it is damaged.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static WebApplicationBuilder AddEnvelope<TModel>(WebApplicationBuilder builder, IReadOnlyList<QueryBinding<TModel>> bindings)
        where TModel : class, IEnvelopeModel<TModel> =>
        AddEnvelope(builder, bindings, Path.Combine(AppContext.BaseDirectory, EnvelopeDirectory));

    internal static WebApplicationBuilder AddEnvelope<TModel>(WebApplicationBuilder builder, IReadOnlyList<QueryBinding<TModel>> bindings, string directory)
        where TModel : class, IEnvelopeModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(builder);
        var envelope = ServedEnvelope.OpenAsync(directory).GetAwaiter().GetResult();
        foreach (var query in envelope.Record.Schema.Queries)
        {
            bindings.FirstOrDefault(binding => binding.Name == query.Name)?.Use(query);
        }

        builder.Services
            .AddSingleton(envelope)
            .AddSingleton<QueryServices>()
            .AddSingleton<ModelHolder<TModel>>()
            .AddSingleton<IModelState>(services => services.GetRequiredService<ModelHolder<TModel>>())
            .AddSingleton<IReadOnlyList<QueryHandler>>(services =>
            [
                .. bindings.Select(binding => binding.CreateHandler(
                    services.GetRequiredService<ModelHolder<TModel>>(), services.GetRequiredService<QueryServices>())),
            ])
            .AddSingleton(bindings)
            .AddSingleton<IHostedService, ModelLoader<TModel>>();
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks().AddCheck<ModelHealthCheck>("model");
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer(new EnvelopeDocument(envelope)));
        return builder;
    }
}
