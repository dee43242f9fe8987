using EnvelopeSdk.Registry.Events.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Events;

/// <summary>Who is told of what happens.</summary>
internal static class EventServices
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventFeed>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton(new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names may come to mean other machines
        }));
        services.AddHostedService<WebhookService>();
    }
}
