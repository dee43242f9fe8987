using EnvelopeSdk.Registry.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnvelopeSdk.Registry.Records;

/// <summary>What the registry knows that no store can tell.</summary>
internal static class RecordsServices
{
    /// <exception cref="EnvelopeException">The database is named wrongly.</exception>
    public static void AddRecords(this IServiceCollection services, ServerOptions options)
    {
        var database = RecordsDatabase.Open(options.Database, options.Place);
        services.AddSingleton(_ => database); // by a function, so that the end of the server closes it
        services.AddSingleton<AuditLog>();
        services.AddHostedService<Preparation>();
        services.AddDataProtection().SetApplicationName("EnvelopeSdk.Registry"); // one for all instances
        services.AddSingleton<RecordedFormKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<RecordedFormKeys>(
            (options, keys) => options.XmlRepository = keys);
    }

    /// <summary>Makes the tables before anything is served.</summary>
    private sealed class Preparation(RecordsDatabase database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => database.PrepareAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
