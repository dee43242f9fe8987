using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Api;

/// <summary>The catalog for programs.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddApiDocument();
        services.AddExceptionHandler<BadRequests>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<JournalDesk>();
        return services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            options.SerializerOptions.DictionaryKeyPolicy = null; // names of tags are users' own
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapApiDocument();
        var api = app.MapGroup("/api").WithTags("registry").AddEndpointFilter<ProblemFilter>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapEnvelopes();
        api.MapChanges();
        api.MapComparison();
        api.MapTags();
        api.MapScatter();
        api.MapTransfer();
        api.MapAudit();
        api.MapEvents();
        api.MapAdvisories();
        api.MapWebhooks();
        api.MapKeys();
        api.MapConfigurations();
        api.MapRules();
        api.MapDeployments();
        api.MapClusterManifests();
        api.MapBatches();
        api.MapFallback("{**path}", Unanswered.Explain);
    }
}
