using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Events.Webhooks;

internal static partial class WebhookLog
{
    [LoggerMessage(LogLevel.Warning, "Webhooks are not told at the moment, and it is tried again: {Reason}")]
    public static partial void TellsNoMore(this ILogger<WebhookService> log, string reason);
}
