using EnvelopeSdk.Serving;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EnvelopeSdk.Service;

/// <summary>Healthy once the model is loaded.</summary>
internal sealed class ModelHealthCheck(ServedModel model) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            model.IsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The model is being loaded."));
}
